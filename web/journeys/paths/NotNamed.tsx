import { useTexts } from "../../ui/texts.ts";
import { pathsTexts } from "./paths.texts.ts";

/** Stands where customers would, for those who may not see them: an empty list would say that there is nobody. */
export const NotNamed = () => {
  const t = useTexts(pathsTexts);
  return <p className="quiet">{t("notNamed")}</p>;
};
