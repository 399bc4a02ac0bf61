import type { Evidence } from "./curve.rules.ts";
import classes from "./Curve.module.css";

/** A point whose shape tells how a feeling is known: a disc was measured, a diamond read in words, an open square assumed. */
export const EvidenceShape = ({ evidence, x, y, size }: { evidence: Evidence; x: number; y: number; size: number }) => {
  if (evidence === "measured") return <circle cx={x} cy={y} r={size} className={classes.measured} />;
  if (evidence === "inferred") return <path d={`M${x} ${y - size * 1.3}L${x + size * 1.3} ${y}L${x} ${y + size * 1.3}L${x - size * 1.3} ${y}Z`} className={classes.inferred} />;
  return <rect x={x - size} y={y - size} width={size * 2} height={size * 2} rx={1.5} className={classes.assumed} />;
};
