import { IconAlertTriangle, IconArrowsShuffle, IconCheck, IconCircleDashed, IconPlus } from "@tabler/icons-react";
import type { AlignedMove } from "./deviations.data.ts";

const icons = { sync: IconCheck, missing: IconCircleDashed, ad_hoc: IconPlus, out_of_order: IconArrowsShuffle, failure: IconAlertTriangle, failed: IconAlertTriangle } as const;

/** The picture of a kind of deviation; the words stand beside it. */
export const KindMark = ({ kind, size = 15 }: { kind: AlignedMove["kind"] | "failed"; size?: number }) => {
  const Picture = icons[kind];
  return <Picture size={size} aria-hidden className={`deviations-mark deviations-mark-${kind === "failure" ? "failed" : kind}`} />;
};
