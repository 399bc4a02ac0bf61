import { Definition } from "../../ui/Definition.tsx";
import { useTexts } from "../../ui/texts.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

const parts = ["Period", "Again", "Spent", "Curve", "Test", "Alike", "Value"] as const;

export const OutcomesDefinition = () => {
  const t = useTexts(outcomesTexts);
  return <Definition title={t("definition")} items={parts.map((part) => ({ term: t(`def${part}Term`), meaning: t(`def${part}`) }))} />;
};
