import { useTexts } from "../../ui/texts.ts";
import type { VariantRow } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

// More steps are no line that anybody reads.
const STEPS_SHOWN = 12;

/** The first steps of a way in their order. */
export const PathSteps = ({ way: { path, length } }: { way: Pick<VariantRow, "path" | "length"> }) => {
  const t = useTexts(pathsTexts);
  return (
    <ol className="paths-steps">
      {path.slice(0, STEPS_SHOWN).map((name, at) => <li key={at} title={name}>{name}</li>)}
      {length > STEPS_SHOWN && <li className="quiet">{t("more", { count: length - STEPS_SHOWN })}</li>}
    </ol>
  );
};
