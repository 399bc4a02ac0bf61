import type { Definition, MetricName } from "./scores.contract.ts";

/** What each number means, said on the tile beside it. */
export const definitions: Record<MetricName, Definition> = {
  nps: {
    title: "Net promoter score",
    formula:
      "Share of promoters (9–10) minus share of detractors (0–6), in points from −100 to +100. Passives (7–8) count in the total; skipped and dismissed questions do not.",
    interval:
      "95 % adjusted Wald: three pseudo-answers are added (¾ promoter, 1½ passive, ¾ detractor), so the interval sits around the adjusted score, cut off at ±100. Weighted: weighted mean ± 1.96 linearised standard errors.",
    comparison: "z test of the two adjusted scores as independent groups; significant when p < 0.05. Weighted: by the linearised standard errors.",
    source: "Reichheld, HBR 2003; Rocks, The American Statistician 2016; Lewis & Sauro, MeasuringU 2021.",
  },
  csat: {
    title: "Customer satisfaction",
    formula:
      "Percent of answers in the top two boxes (4 and 5 of 5). On scales of two or three values the top box, on scales of more than eleven the top fifth. One scale at a time.",
    interval: "95 % Wilson. Weighted: weighted share ± 1.96 linearised standard errors.",
    comparison: "z test of two shares with one success and one failure added to each side; significant when p < 0.05.",
    source: "Wilson, JASA 1927; Agresti & Caffo, The American Statistician 2000.",
  },
  ces: {
    title: "Customer effort score 2.0",
    formula:
      "Mean agreement with “made it easy”, 1 strongly disagree to 7 strongly agree; beside it the percent above the middle (5–7 of 7). One scale at a time: scales of five and of seven are never averaged.",
    interval: "Mean ± 1.96 standard errors, weighted: linearised. For the percent 95 % Wilson.",
    comparison: "z test of the two means; significant when p < 0.05.",
    source: "Dixon, Toman & DeLisi, The Effortless Experience, 2013.",
  },
};
