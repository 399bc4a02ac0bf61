import { EmptyState } from "../ui/EmptyState.tsx";
import { useTexts } from "../ui/texts.ts";
import { shellTexts } from "./shell.texts.ts";

export const NotFound = () => {
  const t = useTexts(shellTexts);
  return <EmptyState title={t("notFoundTitle")} body={t("notFoundBody")} action={{ label: t("toHome"), to: "/" }} />;
};
