import { defineErrors } from "#platform/http";

export const reportErrors = defineErrors("reports", {
  question_unknown: { status: 404, meaning: "The survey asks no such question, or one that the report asked for cannot be made of." },
  not_scored: { status: 400, meaning: "The question gives no score. Choose an NPS, CSAT, CES or rating question." },
  group_unknown: { status: 400, meaning: "There is nothing of this name to group by." },
  scales_differ: { status: 400, meaning: "The surveys ask this on different scales, which are never averaged together. Choose surveys with one scale." },
  weights_missing_answers: { status: 409, meaning: "More than one response in ten has no value for a dimension to weight by: weights would invent more than they correct." },
  group_too_small: { status: 409, meaning: "Fewer responses fit the filters than the survey's anonymity threshold, or so few do not fit, so that nothing of them is shown." },
  report_period_empty: { status: 400, meaning: "The period of a report ends before it starts, or as it starts: `to` is itself left out." },
  segment_too_large: { status: 400, meaning: "The people of a segment gave too many responses to be picked out one by one. Choose a smaller segment." },
});
