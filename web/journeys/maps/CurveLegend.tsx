import { useTexts } from "../../ui/texts.ts";
import { evidences } from "./curve.rules.ts";
import classes from "./Curve.module.css";
import { EvidenceShape } from "./EvidenceShape.tsx";
import { mapTexts } from "./map.texts.ts";

/** What the points and lines of the curve mean. */
export const CurveLegend = ({ hasAgainst }: { hasAgainst: boolean }) => {
  const t = useTexts(mapTexts);
  return (
    <ul className={classes.legend} aria-label={t("legend")}>
      {evidences.map((evidence) => (
        <li key={evidence}><svg width={16} height={16} aria-hidden="true"><EvidenceShape evidence={evidence} x={8} y={8} size={5} /></svg>{t(evidence)}</li>
      ))}
      <li><svg width={22} height={16} aria-hidden="true"><line x1={0} x2={22} y1={8} y2={8} className={classes.designed} /></svg>{t("designedCurve")}</li>
      {hasAgainst && <li><svg width={22} height={16} aria-hidden="true"><line x1={0} x2={22} y1={8} y2={8} className={classes.against} /></svg>{t("comparedCurve")}</li>}
    </ul>
  );
};
