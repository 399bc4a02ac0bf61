import type { FidelityLine, FidelityReport, Outcome, OutcomeCounts, SourceElement } from "@firsthand/server/feedback/conversions/conversions.contract";

export const outcomes: readonly Outcome[] = ["mapped", "approximated", "dropped"];

const order: readonly SourceElement[] = ["question", "option", "logic", "language", "piping", "validation", "order", "calculation", "quota", "ending", "message", "setting", "survey"];

/** Kinds of parts the source has, the weightiest first. */
export function elementsOf(report: FidelityReport): { element: SourceElement; counts: OutcomeCounts }[] {
  return order.flatMap((element) => {
    const counts = report.byElement[element];
    return counts === undefined ? [] : [{ element, counts }];
  });
}

/** Which lines a member wants to see: those that are not kept as they are, those left out, or all. */
export type Shown = "different" | "dropped" | "all";

/** Lines to show, left out first, then different, each in the order of the source. */
export function linesOf(report: FidelityReport, shown: Shown): FidelityLine[] {
  const weight: Readonly<Record<Outcome, number>> = { dropped: 0, approximated: 1, mapped: 2 };
  const wanted = report.lines.filter((line) => (shown === "all" ? true : shown === "dropped" ? line.outcome === "dropped" : line.outcome !== "mapped"));
  return wanted.toSorted((one, other) => weight[one.outcome] - weight[other.outcome]);
}
