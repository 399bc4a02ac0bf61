import { useTexts } from "../../ui/texts.ts";
import type { DifferenceKind } from "./difference.rules.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";

/** Says how a part differs from the other map. */
export const DifferenceTag = ({ kind }: { kind: DifferenceKind | undefined }) => {
  const t = useTexts(mapTexts);
  return kind === undefined ? null : <span className={`${classes.tag} ${classes[kind]}`}>{t(kind === "changed" ? "changedTag" : kind)}</span>;
};
