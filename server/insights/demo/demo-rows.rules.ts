import type { NewInteraction } from "../../customers/interactions/interactions.contract.ts";
import { interactionId } from "../../customers/interactions/interactions.rules.ts";
import { defaultLimits } from "../../customers/identity/identifiers.rules.ts";
import { readSingle } from "../../customers/ingest/segment.rules.ts";
import type { NewPerception } from "../../customers/perceptions/perceptions.contract.ts";
import { messageOf, recordedIds, type RecordedReview } from "../../feedback/reviews/recorded-ids.rules.ts";
import { isoText } from "./demo-calendar.rules.ts";
import type { DemoEntry, DemoMessage, DemoPerception, DemoRecord, DemoReview, SurveyKey } from "./demo-model.rules.ts";

/** Where the rows go and what the stream's names stand for there. */
export type DemoTarget = {
  workspaceId: string;
  /** All rows carry it, so that they can be taken away together. */
  importId: string;
  memberIds: ReadonlyMap<string, string>;
  /** Surveys that exist there; answers to others stay perceptions without a survey. */
  surveys: ReadonlyMap<SurveyKey, DemoSurvey>;
  /** Ids of the sources of reviews that exist there, by place; reviews from elsewhere stay facts and feelings without a review. */
  reviewSources: ReadonlyMap<string, string>;
};

export type DemoSurvey = { id: string; version: number; questions: readonly { id: string; type: string; title: string; options: readonly { id: string; label: string }[] }[] };

type DemoResponse = {
  id: string; surveyId: string; version: number; language: string; channel: "email" | "app" | "phone" | "chat" | "store" | "web";
  touchpoint: string | null; subject: string | null; startedAt: string; completedAt: string;
};
type DemoAnswer = { responseId: string; questionId: string; questionType: string; position: number; number: number | null; choice: string | null; text: string | null };

type DemoReviewRow = Omit<DemoReview, "key" | "place" | "text"> & { id: string; sourceId: string; externalId: string; text: string; subject: string | null; writtenAt: string; receivedAt: string };

export type DemoRows = { interactions: NewInteraction[]; perceptions: NewPerception[]; responses: DemoResponse[]; answers: DemoAnswer[]; reviews: DemoReviewRow[] };

/** Turns records of the stream into rows. Messages are read by the rules of the ingest, so the demo shows what real senders would see.
 *  @throws when the ingest would refuse a message: then the generator is wrong */
export const toRows = (records: readonly DemoRecord[], target: DemoTarget): DemoRows => {
  const rows: DemoRows = { interactions: [], perceptions: [], responses: [], answers: [], reviews: [] };
  for (const { content, receivedAt } of records) {
    switch (content.record) {
      case "message": rows.interactions.push(messageRow(content.message, receivedAt, target)); break;
      case "entry": addEntry(rows, content.entry, receivedAt, target); break;
      case "perception": addPerception(rows, content.perception, target); break;
      default: content satisfies never;
    }
  }
  return rows;
};

const messageRow = (message: DemoMessage, receivedAt: number, target: DemoTarget): NewInteraction => {
  const arrival = {
    workspaceId: target.workspaceId, source: "segment", receivedAt, identity: defaultLimits,
    newMessageId: () => message.messageId,
  };
  const reading = readSingle({ ...message }, message.type, arrival, null);
  const row = typeof reading === "string" ? undefined : reading.rows[0];
  if (row === undefined) throw new Error(`The ingest would refuse the demo message ${message.messageId}.`);
  return {
    ...row,
    at: isoText(row.at), receivedAt: isoText(row.receivedAt),
    sentAt: row.sentAt === null ? null : isoText(row.sentAt), originalAt: row.originalAt === null ? null : isoText(row.originalAt),
    direction: isFromOrganisation(message) ? "organisation" : row.direction,
    stage: null, importId: target.importId, memberId: null,
  };
};

const companyEvents: ReadonlySet<string> = new Set(["Email Delivered", "Order Shipped", "Order Delivered", "Delivery Delayed", "Order Refunded", "Support Email Answered"]);

const isFromOrganisation = (message: DemoMessage): boolean => message.event !== undefined && companyEvents.has(message.event);

const addEntry = (rows: DemoRows, entry: DemoEntry, receivedAt: number, target: DemoTarget): void => {
  const row = entryRow(entry, receivedAt, target);
  const { review, subject } = entry;
  const kept = review === undefined ? null : keptReview(target, review.place, review.key);
  if (review === undefined || kept === null) {
    rows.interactions.push(row);
    return;
  }
  const { key, place, text, ...written } = review;
  const { reviewId, sourceId } = kept.properties;
  rows.interactions.push({ ...row, id: kept.ids.interaction, messageId: kept.messageId, touchpoint: place, message: JSON.stringify({ ...kept.properties, version: 1 }) });
  rows.reviews.push({ ...written, id: reviewId, sourceId, externalId: key, text: text ?? "", subject, writtenAt: entry.timestamp, receivedAt: isoText(receivedAt) });
};

/** What a review is called here, as if its source had told of it. */
const keptReview = ({ workspaceId, reviewSources }: DemoTarget, place: string | null, key: string) => {
  const sourceId = place === null ? undefined : reviewSources.get(place);
  if (sourceId === undefined) return null;
  const recorded: RecordedReview = { origin: sourceId, externalId: key, revision: 1 };
  return { properties: { reviewId: interactionId(workspaceId, `demo review ${key}`), sourceId }, messageId: messageOf(recorded), ids: recordedIds(workspaceId, recorded) };
};

const entrySources: Record<DemoEntry["type"], string> = { call: "manual", visit: "manual", note: "manual", response: "survey", review: "review" };

const entryRow = (entry: DemoEntry, receivedAt: number, target: DemoTarget): NewInteraction => ({
  id: interactionId(target.workspaceId, entry.messageId),
  messageId: entry.messageId, type: entry.type, name: entry.name, subject: entry.subject,
  userId: entry.subject?.startsWith("user:") === true ? entry.subject.slice("user:".length) : null, anonymousId: null,
  at: entry.timestamp, receivedAt: isoText(receivedAt), sentAt: null, originalAt: null,
  channel: entry.channel, touchpoint: null, stage: null, direction: entry.direction,
  source: entrySources[entry.type],
  importId: target.importId, memberId: entry.agent === null ? null : (target.memberIds.get(entry.agent) ?? null),
  message: JSON.stringify({ properties: entry.properties }),
});

const addPerception = (rows: DemoRows, perception: DemoPerception, target: DemoTarget): void => {
  const kept = perception.source === "review" ? keptReview(target, perception.touchpoint, perception.answer) : null;
  if (kept !== null) {
    const row = perceptionRow(perception, target, { surveyId: null, responseId: null, question: undefined });
    const { stars, comment, interaction } = kept.ids;
    rows.perceptions.push({ ...row, id: perception.kind === "stars" ? stars : comment, interactionId: interaction, properties: { ...row.properties, ...kept.properties } });
    return;
  }
  const survey = perception.survey === null ? undefined : target.surveys.get(perception.survey);
  const position = survey === undefined ? -1 : survey.questions.findIndex(({ id, type }) => (perception.question === null ? type === questionTypes[perception.kind] : id === perception.question));
  const question = survey?.questions[position];
  const responseId = survey === undefined ? null : interactionId(target.workspaceId, `demo response ${perception.answer}`);
  rows.perceptions.push(perceptionRow(perception, target, { surveyId: survey?.id ?? null, responseId, question }));
  if (survey === undefined || responseId === null || question === undefined) return;
  // The score of the survey comes with every answer to it.
  if (perception.value !== null && perception.question === null) rows.responses.push(responseRow(perception, responseId, survey));
  rows.answers.push({
    responseId, questionId: question.id, questionType: question.type, position, number: perception.value, choice: perception.choice, text: perception.text,
  });
};

const questionTypes: Record<DemoPerception["kind"], string> = { nps: "nps", csat: "csat", ces: "ces", rating: "rating", stars: "", comment: "text", choice: "single" };

const channels = ["email", "app", "phone", "chat", "store"] as const;
// Answering takes a person about as long.
const ANSWERING_MS = 45_000;

const responseRow = (perception: DemoPerception, id: string, survey: DemoSurvey): DemoResponse => ({
  id, surveyId: survey.id, version: survey.version, language: "en", channel: channels.find((channel) => channel === perception.channel) ?? "web",
  touchpoint: perception.touchpoint, subject: perception.subject, startedAt: isoText(Date.parse(perception.at) - ANSWERING_MS), completedAt: perception.at,
});

type Asked = { surveyId: string | null; responseId: string | null; question: DemoSurvey["questions"][number] | undefined };

const perceptionRow = (perception: DemoPerception, target: DemoTarget, { surveyId, responseId, question }: Asked): NewPerception => ({
  id: interactionId(target.workspaceId, perception.key),
  subject: perception.subject,
  interactionId: perception.about === null ? null : interactionId(target.workspaceId, perception.about),
  at: perception.at, kind: perception.kind, value: perception.value, scaleMin: perception.scaleMin, scaleMax: perception.scaleMax,
  choice: perception.choice, text: perception.text, isInferred: false, modelVersion: null, source: perception.source,
  channel: perception.channel, touchpoint: perception.touchpoint, stage: null, weight: 1,
  surveyId, responseId, importId: target.importId,
  properties: {
    ...(perception.language === null ? {} : { language: perception.language }),
    ...(question === undefined ? {} : { questionId: question.id, question: question.title }),
    ...labelOf(question, perception.choice),
  },
});

const labelOf = (question: Asked["question"], choice: string | null): { choiceLabel?: string } => {
  const label = question?.options.find((option) => option.id === choice)?.label;
  return label === undefined ? {} : { choiceLabel: label };
};
