import type { ReactNode } from "react";
import { EmptyState } from "../ui/EmptyState.tsx";
import { PageHeader } from "../ui/PageHeader.tsx";
import { useTexts } from "../ui/texts.ts";
import { useAbility } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

/** Says in words why a role cannot see a screen, instead of showing it full of refusals. */
export const Guard = ({ ability, children }: { ability: string; children: ReactNode }) => {
  const t = useTexts(shellTexts);
  if (useAbility(ability)) return children;
  return (
    <>
      <PageHeader title={t("forbiddenTitle")} />
      <EmptyState title={t("forbiddenTitle")} body={t("forbiddenBody", { ability })} action={{ label: t("toHome"), to: "/" }} />
    </>
  );
};
