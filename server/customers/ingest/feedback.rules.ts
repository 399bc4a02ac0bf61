// What customers said, as helpdesks, telephone systems and other tools send it along with a fact: { feedback: { text, question, nps, csat, ces, stars } }.
import { interactionId } from "../interactions/interactions.rules.ts";
import type { NewPerception } from "../perceptions/perceptions.contract.ts";
import { usualScales } from "../scores/scales.rules.ts";
import { cleanText, recordOf, textOf } from "./ingest.rules.ts";
import type { ArrivingInteraction, Said } from "./ingest.rules.ts";

// On their usual scales; who asks on another one imports a file or builds a survey.
const kinds = ["nps", "csat", "ces", "stars"] as const;

const NOTHING: readonly Said[] = [];
const QUESTION_MAX = 1_000;

/** @param given `feedback` of the properties of an event; what holds none of our fields is somebody's own property and no feedback
 *  @param direction of the event: an organisation has no feelings about itself
 *  @returns what was said; null when a field of ours holds what cannot be: a score off its scale, words that are no text */
export const readFeedback = (given: unknown, direction: ArrivingInteraction["direction"]): readonly Said[] | null => {
  const said = readSaid(recordOf(given));
  return direction === "organisation" && said !== null && said.length > 0 ? null : said;
};

const readSaid = (feedback: Record<string, unknown> | null): readonly Said[] | null => {
  if (feedback === null) return NOTHING;
  const said: Said[] = [];
  for (const kind of kinds) {
    const value = readScore(kind, feedback[kind]);
    if (value === undefined) return null;
    if (value !== null) said.push({ kind, value });
  }
  const text = feedback["text"] ?? "";
  if (typeof text !== "string") return null;
  if (text.trim() === "") return said;
  const question = feedback["question"] ?? "";
  if (typeof question !== "string") return null;
  return [...said, { kind: "comment", text: text.trim(), question: cleanText(question.trim().slice(0, QUESTION_MAX)) || null }];
};

// A pixel sends numbers as text. A half recommendation does not exist; half a star does.
const readScore = (kind: (typeof kinds)[number], given: unknown): number | null | undefined => {
  if (given === undefined || given === null || given === "") return null;
  const value = typeof given === "string" && /^\d{1,2}(?:\.\d+)?$/.test(given) ? Number(given) : given;
  const { min, max } = usualScales[kind];
  return typeof value === "number" && value >= min && value <= max && (kind !== "nps" || Number.isInteger(value)) ? value : undefined;
};

/** What was said with a fact, as rows. Their ids follow from that of the fact, so that what is sent again is kept once. */
export const perceptionsOf = (row: ArrivingInteraction): NewPerception[] =>
  row.feedback.map((said) => ({
    id: interactionId(row.workspaceId, `${row.id} ${said.kind}`),
    subject: row.subject,
    interactionId: row.id,
    at: new Date(row.at).toISOString(),
    kind: said.kind,
    ...(said.kind === "comment" ? { value: null, scaleMin: null, scaleMax: null, text: said.text } : { value: said.value, scaleMin: usualScales[said.kind].min, scaleMax: usualScales[said.kind].max, text: null }),
    choice: null,
    isInferred: false,
    modelVersion: null,
    source: callChannels.has(textOf(row.channel)?.toLowerCase() ?? "") ? "call" : "message",
    channel: row.channel,
    touchpoint: row.touchpoint,
    stage: null,
    weight: 1,
    surveyId: null,
    responseId: null,
    importId: null,
    properties: said.kind === "comment" && said.question !== null ? { question: said.question } : null,
  }));

const callChannels: ReadonlySet<string> = new Set(["call", "phone", "telephone", "voice", "ivr"]);
