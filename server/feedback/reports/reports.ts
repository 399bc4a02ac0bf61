import type { Services } from "#platform/services";
import type { AskedQuestion } from "./asked-questions.rules.ts";
import { namedDimensions, readCircumstances, readWaveNames } from "./group-names.ts";
import { NOBODY_ASKED, readOutreach, totalOf, type AskedByName } from "./outreach.ts";
import { binsOf, histogramOf, isNumeric, reportQuestion, spreadOf, type Spread } from "./question-report.rules.ts";
import { readAsked, type Asked } from "./report-selection.ts";
import type { Rates, Report, ReportFilters } from "./reports.contract.ts";
import { countBins, countBoxes, countValues, listDimensions, listTraitNames, readMedianSeconds, readSpreads, type BoxCount } from "./reports.queries.ts";
import { rateOf } from "./response-rates.rules.ts";
import { isGroupTooSmall } from "./small-groups.ts";
import { weighAsked } from "./weightings.ts";

/** Everything about one survey: its rates, its funnel and every question. */
export const showReport = async (
  services: Services,
  workspaceId: string,
  surveyId: string,
  query: ReportFilters & { weighted?: boolean | undefined },
): Promise<Report> => {
  const asked = await readAsked(services, workspaceId, surveyId, query);
  if (await isGroupTooSmall(services, asked)) return emptyReport(services, asked, query);
  const weighted = await weighAsked(services, asked, query.weighted);
  const { analytics } = services;
  const [boxes, dimensions, traits, medianSeconds, spreads, outreach, waves, circumstances] = await Promise.all([
    countBoxes(analytics, asked.selection, weighted === null ? {} : { weights: weighted.weights }),
    listDimensions(analytics, asked.selection),
    listTraitNames(analytics, workspaceId),
    readMedianSeconds(analytics, asked.selection),
    readSpreadsOf(services, asked),
    readOutreach(services, asked, query),
    readWaveNames(services, asked),
    readCircumstances(services, asked),
  ]);
  const byQuestion = Map.groupBy(boxes, (box) => box.question);
  return {
    survey: { id: asked.survey.id, name: asked.survey.name },
    period: { from: query.from ?? null, to: query.to ?? null }, isTooFewToShow: false,
    rates: ratesOf(byQuestion.get("") ?? [], outreach, medianSeconds),
    questions: asked.questions.map((question) => reportQuestion(question, byQuestion.get(question.id) ?? [], { isWeighted: weighted !== null, spread: spreads.get(question.id) ?? null })),
    dimensions: namedDimensions(dimensions, waves), circumstances, traits, weighting: weighted?.result ?? null,
  };
};

// What there is to filter by is shown all the same, so that whoever narrowed too far finds the way back.
const emptyReport = async (services: Services, { survey, selection }: Asked, query: ReportFilters): Promise<Report> => ({
  survey: { id: survey.id, name: survey.name }, period: { from: query.from ?? null, to: query.to ?? null }, isTooFewToShow: true, rates: ratesOf([], NOBODY_ASKED, null), questions: [],
  dimensions: namedDimensions(await listDimensions(services.analytics, selection), await readWaveNames(services, { survey })),
  circumstances: await readCircumstances(services, { survey }), traits: await listTraitNames(services.analytics, survey.workspaceId), weighting: null,
});

const readSpreadsOf = async (services: Services, asked: Asked): Promise<Map<string, Spread>> => {
  const numeric = asked.questions.filter((question: AskedQuestion) => isNumeric(question.type)).map(({ id }) => id);
  const values = await countValues(services.analytics, asked.selection, numeric);
  if (values !== null) return new Map([...Map.groupBy(values, ({ question }) => question)].map(([question, own]) => [question, spreadOf(own)]));
  const spreads = await readSpreads(services.analytics, asked.selection, numeric);
  const bins = spreads.map((spread) => ({ question: spread.question, ...binsOf(spread) }));
  const counted = Map.groupBy(await countBins(services.analytics, asked.selection, bins), ({ question }) => question);
  return new Map(spreads.map(({ question, ...spread }) => [question, { ...spread, histogram: histogramOf(binsOf(spread), counted.get(question) ?? []) }]));
};

const ratesOf = (fates: readonly BoxCount[], byName: AskedByName, medianSeconds: number | null): Rates => {
  const of = (fate: string): number => fates.filter(({ choice }) => choice === fate).reduce((sum, { count }) => sum + count, 0);
  const [completed, partial, answering] = [of("complete"), of("partial"), of("started")];
  const started = completed + partial + answering;
  return {
    ...byName, ...totalOf(byName), started, completed, partial, answering, screenedOut: of("screened_out"), overQuota: of("over_quota"), flagged: of("flagged"),
    completionRate: rateOf(completed, started),
    medianSeconds,
  };
};
