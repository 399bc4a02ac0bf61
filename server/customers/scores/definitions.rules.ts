import type { Definition, MeasureName } from "./scores.contract.ts";

const meanInterval = "Mean ± Student's t × its standard error; weighted: linearised, at the effective count. Answers that hardly differ are never taken to vary less than span² / (n + 4).";
const tooFew = "Not tested with under 10 answers on a side.";
const twice = "Where three in ten of the customers of a period answered in the other as well, each customer is compared with themselves (paired, clustered by customer).";
const meanComparison = `Welch's t test of the two means, with the errors of their intervals; significant when p < 0.05. ${twice} ${tooFew}`;
const netInterval = "95% adjusted Wald as for the net promoter score: ¾ added to either end and 1½ to the middle, cut off at ±100. It says how few comments there are; that the model reads some wrongly comes on top.";
const netComparison = `z test of the two adjusted shares as independent groups; significant when p < 0.05. ${twice} ${tooFew}`;
const readingSource = "What the text model read, as corrected by people; not corrected for what it reads wrongly, as the shares of the Comments screen are. Its quality per class stands in the model card. Interval: Rocks, The American Statistician 2016.";

const need = (title: string, question: string): Definition => ({
  title: `Need: ${title}`,
  formula: `Of the comments that speak of it (${question}): percent that say it was met minus percent that say it was not, in points from −100 to +100. Comments that say both count as neither; the others are not counted at all, so look at how many speak of it.`,
  interval: netInterval,
  comparison: netComparison,
  source: readingSource,
});

/** What each number means, said on the tile beside it. */
export const definitions: Record<MeasureName, Definition> = {
  nps: {
    title: "Net promoter score",
    formula:
      "Share of promoters (9–10) minus share of detractors (0–6), in points from −100 to +100. Passives (7–8) count in the total; skipped and dismissed questions do not.",
    interval:
      "95% adjusted Wald: three pseudo-answers are added (¾ promoter, 1½ passive, ¾ detractor), so the interval sits around the adjusted score, cut off at ±100. Weighted: weighted mean ± Student's t × its linearised standard error, at the effective count.",
    comparison: `z test of the two adjusted scores as independent groups; significant when p < 0.05. ${twice} Weighted: Welch's t test by the linearised standard errors. ${tooFew}`,
    source: "Reichheld, HBR 2003; Rocks, The American Statistician 2016; Lewis & Sauro, MeasuringU 2021.",
  },
  csat: {
    title: "Customer satisfaction",
    formula:
      "Percent of answers in the top two boxes (4 and 5 of 5). On scales of two or three values the top box, on scales of more than eleven the top fifth. One scale at a time.",
    interval: "95% Wilson. Weighted: weighted share ± Student's t × its linearised standard error, at the effective count.",
    comparison: `z test of two shares with one success and one failure added to each side; significant when p < 0.05. ${twice} ${tooFew}`,
    source: "Wilson, JASA 1927; Agresti & Caffo, The American Statistician 2000.",
  },
  ces: {
    title: "Customer effort score 2.0",
    formula:
      "Mean agreement with “made it easy”, 1 strongly disagree to 7 strongly agree; beside it the percent above the middle (5–7 of 7). One scale at a time: scales of five and of seven are never averaged.",
    interval: `${meanInterval} For the percent 95% Wilson.`,
    comparison: meanComparison,
    source: "Dixon, Toman & DeLisi, The Effortless Experience, 2013; Welch, Biometrika 1947.",
  },
  stars: {
    title: "Stars",
    formula: "Mean of the stars given; beside it the percent who gave the best value (5 of 5). Reviews and ratings by stars, one scale at a time: those of five and of ten are never averaged.",
    interval: `${meanInterval} For the percent 95% Wilson.`,
    comparison: meanComparison,
    source: "Mean and top box; Wilson, JASA 1927.",
  },
  rating: {
    title: "Rating",
    formula: "Mean of all answers to rating questions, sliders and rows of rated matrices on one scale, whatever they ask. Choose a survey to know which questions it is about.",
    interval: meanInterval,
    comparison: meanComparison,
    source: "Mean of the answers on the scale most of them use.",
  },
  custom: {
    title: "Formula of your own",
    formula: "Mean over the responses of a survey of a formula over its questions. Responses that lack an answer the formula needs, and values off the scale stated for it, are left out.",
    interval: meanInterval,
    comparison: meanComparison,
    source: "Formula written by a member of this workspace.",
  },
  sentiment: {
    title: "Net sentiment",
    formula: "Percent of comments read as positive minus percent read as negative, in points from −100 to +100. Neutral and mixed comments count in the total.",
    interval: netInterval,
    comparison: netComparison,
    source: readingSource,
  },
  need_easy: need("easy", "how much effort it took"),
  need_expect: need("as expected", "whether it was as people were led to expect"),
  need_promise: need("promise kept", "whether what was promised was done"),
  need_inform: need("informed", "whether they were told what happens, in time and so that it can be understood"),
  need_individ: need("seen as a person", "whether they were treated as somebody of their own"),
  need_right: need("put right", "whether what went wrong was made good"),
  response_rate: {
    title: "Response rate",
    formula: "Percent of the people asked by name in the period who answered, by now. Asked: the invitation was sent, or they were called; what was put on a website or a poster asks nobody by name and is not counted.",
    interval: "95% Wilson.",
    comparison: `Of people asked at least three days ago, by whether they answered within three days, since those asked lately have had less time: z test of two shares with one success and one failure added to each side; significant when p < 0.05. Where three in ten of the people of a period were asked in the other as well, each is compared with themselves (paired, clustered by customer). ${tooFew}`,
    source: "AAPOR, Standard Definitions 2023; Wilson, JASA 1927; Agresti & Caffo, The American Statistician 2000.",
  },
};
