import { Definition } from "../../ui/Definition.tsx";
import { useTexts } from "../../ui/texts.ts";
import { driversTexts } from "./drivers.texts.ts";

export const DriversDefinition = ({ bootstraps }: { bootstraps: number }) => {
  const t = useTexts(driversTexts);
  return (
    <Definition title={t("definition")} items={[
      { term: t("definitionShareTerm"), meaning: t("definitionShare") },
      { term: t("definitionIntervalTerm"), meaning: t("definitionInterval", { count: bootstraps }) },
      { term: t("definitionRankTerm"), meaning: t("definitionRank") },
      { term: t("johnson"), meaning: t("definitionJohnson") },
      { term: t("definitionOthersTerm"), meaning: t("definitionOthers") },
      { term: t("missing"), meaning: t("definitionMissing") },
      { term: t("definitionAroundTerm"), meaning: t("definitionAround") },
      { term: t("definitionSourceTerm"), meaning: t("definitionSource") },
    ]} />
  );
};
