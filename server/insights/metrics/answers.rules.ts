import type { ListedPerception } from "../../customers/perceptions/perceptions.contract.ts";
import { showQuestion } from "../comments/comments.rules.ts";
import { bandAt } from "./metric-kinds.rules.ts";
import type { Answer, MeasureName, Scale } from "./metrics.contract.ts";
import { scoresFirst } from "../../customers/scores/first-scores.rules.ts";
import { usualScales } from "../../customers/scores/scales.rules.ts";

/** Names of customers by id; null where nobody is to be named. */
type Names = ReadonlyMap<string, string> | null;

/** Where an answer stands in the analytics copy. */
export type AnswerPlace = { id: string; at: string; customer: string | null; touchpoint: string | null; channel: string | null; stage: string | null; value: number | null };

/** Puts places, records and names together. A place whose record is gone (erased a moment ago) is left out.
 *  @param names null for whoever may not see customers: then it is not said whose an answer is
 *  @param worth the metric and its scale, where the value counted is not the one that was given: read in the comment, or worked out
 *  @returns in the order of the places */
export const showAnswers = (
  places: readonly AnswerPlace[],
  records: readonly ListedPerception[],
  names: Names,
  worth: { measure: MeasureName; scale: Scale } | null = null,
): Answer[] => {
  const byId = new Map(records.map((record) => [record.id, record]));
  const bySitting = Map.groupBy(records, sittingOf);
  return places.flatMap((place) => {
    const record = byId.get(place.id);
    if (record === undefined) return [];
    const shown = showAnswer(place, record, bySitting.get(sittingOf(record)) ?? [record], names);
    return [worth === null || place.value === null ? shown : { ...shown, value: place.value, scale: worth.scale, band: bandAt(worth.measure, worth.scale, place.value), isInferred: worth.measure !== "custom" }];
  });
};

/** Keeps one answer of each sitting: the score before the comment before the choice, in the order of the first of them. */
export const onePerSitting = (places: readonly AnswerPlace[], records: readonly ListedPerception[], limit: number): AnswerPlace[] => {
  const byId = new Map(records.map((record) => [record.id, record]));
  const chosen = new Map<string, { place: AnswerPlace; rank: number }>();
  for (const place of places) {
    const record = byId.get(place.id);
    if (record === undefined) continue;
    const sitting = sittingOf(record);
    const rank = ranks.indexOf(record.kind);
    const before = chosen.get(sitting);
    if (before === undefined || rank < before.rank) chosen.set(sitting, { place, rank });
  }
  return [...chosen.values()].slice(0, limit).map(({ place }) => place);
};

const ranks: readonly string[] = [...scoresFirst, "comment", "choice"];

/** Feelings of one response, or of one row of a file, were given in one sitting. */
const sittingOf = (record: ListedPerception): string => record.responseId ?? record.interactionId ?? record.id;

const showAnswer = (place: AnswerPlace, record: ListedPerception, sitting: readonly ListedPerception[], names: Names): Answer => {
  const written = sitting.filter(({ text }) => text !== null && text.trim() !== "");
  const comments = written.flatMap(({ text }) => text ?? []);
  const question = written.length === 1 && written[0]?.kind === "comment" ? written[0].question : null;
  return {
    id: place.id,
    at: place.at,
    kind: record.kind,
    value: record.value,
    ...scored(record),
    comment: comments.length === 0 ? null : comments.join("\n"),
    question: showQuestion(question),
    choices: sitting.flatMap(({ choice, choiceLabel }) => choiceLabel ?? choice ?? []),
    customer: nameOf(place.customer, names),
    touchpoint: place.touchpoint,
    channel: place.channel,
    stage: place.stage,
    source: record.source,
    surveyId: record.surveyId,
    responseId: record.responseId,
    weight: record.weight,
    isInferred: record.isInferred,
  };
};

type AskedPerson = { id: string; at: Date; surveyId: string; channel: string; customerId: string | null; responseId: string | null; answeredAt: Date | null };

/** Somebody who was asked, as a row behind the response rate. */
export const showAsked = ({ id, at, surveyId, channel, customerId, responseId, answeredAt }: AskedPerson, names: Names): Answer => ({
  id,
  at: at.toISOString(),
  kind: "asked",
  value: answeredAt === null ? 0 : 1,
  scale: usualScales.response_rate,
  band: answeredAt === null ? "unanswered" : "answered",
  comment: null,
  question: null,
  choices: [],
  customer: nameOf(customerId, names),
  touchpoint: null,
  channel,
  stage: null,
  source: "survey",
  surveyId,
  responseId,
  weight: 1,
  isInferred: false,
});

const nameOf = (id: string | null, names: Names): Answer["customer"] => (id === null || names === null ? null : { id, name: names.get(id) ?? null });

const scored = ({ kind, value, scaleMin, scaleMax }: ListedPerception): Pick<Answer, "scale" | "band"> => {
  const measure = scoredKinds.find((known) => known === kind);
  const usual = measure === undefined ? null : usualScales[measure];
  const [min, max] = [scaleMin ?? usual?.min, scaleMax ?? usual?.max];
  if (min === undefined || max === undefined || value === null) return { scale: null, band: null };
  const scale = { min, max };
  return { scale, band: measure === undefined ? null : bandAt(measure, scale, value) };
};

// Stars and ratings are told apart by where they lie on their scale, not by a band.
const scoredKinds = ["nps", "csat", "ces"] as const;
