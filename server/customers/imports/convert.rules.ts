import { normaliseIdentifier, subjectText, type IdentityLimits } from "../identity/identifiers.rules.ts";
import { identityOfMessage, subjectOfMessage } from "../identity/messages.rules.ts";
import type { NewInteraction } from "../interactions/interactions.contract.ts";
import { interactionId } from "../interactions/interactions.rules.ts";
import type { NewPerception } from "../perceptions/perceptions.contract.ts";
import { isBlankWord, readNumber } from "./column-profile.rules.ts";
import type { MappedColumn, Mapping, ScoreUse } from "./mapping.contract.ts";
import { objectColumn } from "./ocel.rules.ts";
import type { RowProblem, SourceRow } from "./row-source.contract.ts";
import { dateOrderOf, readTimeAs, type TimeFormat } from "./times.rules.ts";

/** What a row becomes besides the file and the mapping. Times are ms since 1970. */
export type ConvertContext = { workspaceId: string; importId: string; fileHash: string; uploadedAt: number; now: number; identity: IdentityLimits };
export type ConvertedRow = { interaction: NewInteraction; perceptions: NewPerception[] };
export type Conversion = { ok: true; row: ConvertedRow } | { ok: false; problem: RowProblem };

const earliest = Date.UTC(1900, 0, 1);
const dayMs = 86_400_000;

/** Turns rows of a file into facts and feelings, or refuses them with a reason a person can act on.
 *  The message id comes from the mapped id column, else from content of the file and row number, so the same file imported again adds nothing. */
export const createConverter = (mapping: Mapping, context: ConvertContext): ((row: SourceRow) => Conversion) => {
  const plan = planOf(mapping);
  return (row) => {
    if (row.problem !== undefined) return { ok: false, problem: row.problem };
    const at = timeOf(row, plan, mapping, context);
    if (typeof at !== "number") return { ok: false, problem: at };
    const weight = weightOf(row, plan);
    if (typeof weight !== "number") return { ok: false, problem: weight };
    const scores = scoresOf(row, plan);
    if ("code" in scores) return { ok: false, problem: scores };
    const fact = factOf(row, plan, mapping, { ...context, at });
    if (plan.type === "identify" && fact.subject === null) {
      return { ok: false, problem: { code: "customer_missing", reason: "The row names no customer, so there is nobody its values could belong to." } };
    }
    return { ok: true, row: { interaction: fact, perceptions: [...scores, ...commentsOf(row, plan)].map((feeling) => perceptionOf(feeling, fact, weight)) } };
  };
};

/** Whom a row names, as subjects ("user:42"): also a row that is refused, as far as its cells could be read. */
export const createNaming = (mapping: Mapping, limits: IdentityLimits): ((row: SourceRow) => string[]) => {
  const plan = planOf(mapping);
  return (row) => {
    const people = identifiersOf(row, plan, mapping.source);
    const message = messageOf(row, plan, { name: "", ...people });
    return identityOfMessage({ type: plan.type, subject: null, userId: people.userId, anonymousId: people.anonymousId, message }, limits).identifiers.map(subjectText);
  };
};

/** What a row says in its columns of time, "" when nothing. */
export const createTimeReader = (mapping: Mapping): ((row: SourceRow) => string) => {
  const columns = planOf(mapping).columns("time");
  return (row) => timeTextOf(row, columns);
};

type Plan = {
  type: "track" | "response" | "identify";
  columns: (use: MappedColumn["use"]["use"]) => readonly MappedColumn[];
  scores: readonly { column: string; use: ScoreUse; blank: ReadonlySet<string>; words: ReadonlyMap<string, number> }[];
};

const planOf = (mapping: Mapping): Plan => {
  const byUse = Map.groupBy(mapping.columns, (column) => column.use.use);
  const columns: Plan["columns"] = (use) => byUse.get(use) ?? [];
  const scores = mapping.columns.flatMap(({ column, use }) => {
    if (use.use !== "score") return [];
    const words = new Map(Object.entries(use.words).map(([word, value]) => [word.trim().toLowerCase(), value]));
    return [{ column, use, blank: new Set(use.blank.map((value) => value.trim().toLowerCase())), words }];
  });
  const isPerson = columns("event").length === 0 && columns("time").length === 0 && columns("trait").length > 0;
  const type = scores.length > 0 || columns("comment").length > 0 ? "response" : isPerson ? "identify" : "track";
  return { type, columns, scores };
};

const cellOf = (row: SourceRow, column: MappedColumn | undefined): string => (column === undefined ? "" : (row.cells.get(column.column)?.trim() ?? ""));
const answerOf = (row: SourceRow, column: MappedColumn | undefined): string => {
  const cell = cellOf(row, column);
  return isBlankWord(cell) ? "" : cell;
};

const timeOf = (row: SourceRow, plan: Plan, mapping: Mapping, context: ConvertContext): number | RowProblem => {
  const columns = plan.columns("time");
  if (columns.length === 0) return mapping.time.fixed === null ? context.uploadedAt : Date.parse(mapping.time.fixed);
  const text = timeTextOf(row, columns);
  if (text === "") return { code: "time_missing", reason: "The row has no time." };
  const at = readTimeAs(text, mapping.time.format, mapping.time.zone);
  if (at === null || at < earliest) return unreadableTime(text, mapping.time.format);
  if (at > context.now + dayMs) return { code: "time_in_future", reason: `${new Date(Math.min(at, 8.64e15)).toISOString()} lies in the future.` };
  return at;
};

const timeTextOf = (row: SourceRow, columns: readonly MappedColumn[]): string => columns.map((column) => answerOf(row, column)).join(" ").trim();

const unreadableTime = (text: string, format: TimeFormat): RowProblem => {
  const order = dateOrderOf(text);
  if (format === "dmy" && order === "monthFirst") return { code: "time_month_first", reason: `"${shorten(text)}" has the month first; the file is read with the day first.` };
  if (format === "mdy" && order === "dayFirst") return { code: "time_day_first", reason: `"${shorten(text)}" has the day first; the file is read with the month first.` };
  return { code: "time_unreadable", reason: `"${shorten(text)}" is no time written as ${format}.` };
};

const weightOf = (row: SourceRow, plan: Plan): number | RowProblem => {
  const text = answerOf(row, plan.columns("weight")[0]);
  if (text === "") return 1;
  const weight = readNumber(text);
  return weight !== null && weight >= 0 ? weight : { code: "weight_unreadable", reason: `The weight "${shorten(text)}" is no number of 0 or more.` };
};

type Feeling = { column: string; kind: NewPerception["kind"]; value: number | null; scale: { min: number; max: number } | null; text: string | null; touchpoint: string | null };

const scoresOf = (row: SourceRow, plan: Plan): Feeling[] | RowProblem => {
  const feelings: Feeling[] = [];
  for (const { column, use, blank, words } of plan.scores) {
    const text = row.cells.get(column)?.trim() ?? "";
    const key = text.toLowerCase();
    if (isBlankWord(text) || blank.has(key)) continue;
    const stated = words.get(key) ?? readScore(text);
    if (stated === null) return { code: "score_unreadable", reason: `${column}: "${shorten(text)}" is no number. Give it a value, or list it as "no answer".` };
    if (blank.has(String(stated))) continue;
    if (stated < use.min || stated > use.max) {
      return { code: "score_out_of_range", reason: `${column}: ${stated} lies outside ${use.min} to ${use.max}. Change the scale, or list it as "no answer".` };
    }
    const value = use.isReversed ? use.min + use.max - stated : stated;
    feelings.push({ column, kind: use.kind, value, scale: { min: use.min, max: use.max }, text: null, touchpoint: use.touchpoint });
  }
  return feelings;
};

/** Exports with labels write "10 - Extremely likely", "4/5" or "3 stars": the number in front counts. */
const readScore = (text: string): number | null => {
  const plain = readNumber(text);
  if (plain !== null) return plain;
  const front = /^(\d{1,3}(?:[.,]\d+)?)\s*(?:[-–—:/(]|\s[a-zäöü(])/i.exec(text)?.[1];
  return front === undefined ? null : readNumber(front);
};

const mostCommentCharacters = 20_000;

const commentsOf = (row: SourceRow, plan: Plan): Feeling[] =>
  plan.columns("comment").flatMap((column): Feeling[] => {
    const text = answerOf(row, column);
    return text === "" ? [] : [{ column: column.column, kind: "comment", value: null, scale: null, text: text.slice(0, mostCommentCharacters).toWellFormed(), touchpoint: null }];
  });

const perceptionOf = (feeling: Feeling, fact: NewInteraction, weight: number): NewPerception => ({
  id: interactionId(fact.id, `perception ${feeling.column}`),
  subject: fact.subject,
  interactionId: fact.id,
  at: fact.at,
  kind: feeling.kind,
  value: feeling.value,
  scaleMin: feeling.scale?.min ?? null,
  scaleMax: feeling.scale?.max ?? null,
  choice: null,
  text: feeling.text,
  isInferred: false,
  modelVersion: null,
  source: "import",
  channel: fact.channel,
  touchpoint: feeling.touchpoint ?? fact.touchpoint,
  stage: fact.stage,
  weight,
  surveyId: null,
  responseId: null,
  importId: fact.importId,
  properties: { question: feeling.column },
});

const factOf = (row: SourceRow, plan: Plan, mapping: Mapping, context: ConvertContext & { at: number }): NewInteraction => {
  const whole = { event: answerOf(row, plan.columns("event")[0]), touchpoint: answerOf(row, plan.columns("touchpoint")[0]), channel: answerOf(row, plan.columns("channel")[0]) };
  const name = (whole.event || mapping.event).slice(0, 200).toWellFormed();
  const people = identifiersOf(row, plan, mapping.source);
  const message = messageOf(row, plan, { name, ...people });
  const messageId = messageIdOf(row, plan, mapping, context.fileHash);
  const at = new Date(context.at).toISOString();
  return {
    id: interactionId(context.workspaceId, messageId),
    messageId,
    type: plan.type,
    name,
    subject: subjectOfMessage({ type: plan.type, userId: people.userId, anonymousId: people.anonymousId, message }, context.identity),
    userId: people.userId,
    anonymousId: people.anonymousId,
    at,
    receivedAt: new Date(context.uploadedAt).toISOString(),
    sentAt: null,
    originalAt: at,
    channel: (whole.channel || mapping.channel || null)?.slice(0, 200).toWellFormed() ?? null,
    touchpoint: (whole.touchpoint || mapping.touchpoint || null)?.slice(0, 200).toWellFormed() ?? null,
    stage: answerOf(row, plan.columns("stage")[0]).slice(0, 200).toWellFormed() || null,
    direction: "customer",
    source: "import",
    importId: context.importId,
    memberId: null,
    message: JSON.stringify(message),
  };
};

type People = { userId: string | null; anonymousId: string | null; email: string | null; phone: string | null; external: { id: string; type: string; collection: string } | null };

// Values that name nobody ("0", "null", "anonymous") are left out, so they never become a customer of thousands of rows.
const identifiersOf = (row: SourceRow, plan: Plan, source: string): People => {
  const value = (kind: "user" | "anonymous" | "email" | "phone" | "external"): string | null => {
    const column = plan.columns("customer").find(({ use }) => use.use === "customer" && use.kind === kind);
    return normaliseIdentifier(kind, cellOf(row, column))?.value.toWellFormed() ?? null;
  };
  const external = value("external");
  return {
    userId: value("user"),
    anonymousId: value("anonymous"),
    email: value("email"),
    phone: value("phone"),
    external: external === null ? null : { id: external, type: source, collection: "users" },
  };
};

const messageOf = (row: SourceRow, plan: Plan, given: People & { name: string }): Record<string, unknown> => {
  const traits: Record<string, unknown> = {
    ...valuesOf(row, plan.columns("trait")),
    ...(given.email === null ? {} : { email: given.email }),
    ...(given.phone === null ? {} : { phone: given.phone }),
  };
  return {
    type: plan.type,
    ...(given.userId === null ? {} : { userId: given.userId }),
    ...(given.anonymousId === null ? {} : { anonymousId: given.anonymousId }),
    ...(plan.type === "identify" ? {} : { event: given.name, properties: valuesOf(row, plan.columns("property")) }),
    ...(Object.keys(traits).length === 0 ? {} : { traits }),
    ...(given.external === null ? {} : { context: { externalIds: [given.external] } }),
  };
};

const valuesOf = (row: SourceRow, columns: readonly MappedColumn[]): Record<string, unknown> =>
  Object.fromEntries(
    columns.flatMap((column): [string, unknown][] => {
      const text = cellOf(row, column);
      if (text === "" || (column.use.use !== "property" && column.use.use !== "trait") || column.use.name === "__proto__") return [];
      return [[column.use.name, (column.column.startsWith(objectColumn("")) ? listOf(text) : null) ?? typedValue(text)]];
    }),
  );

/** Numbers become numbers so that they can be summed; anything with a leading zero or plus is a code and stays text. */
const typedValue = (text: string): unknown => (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text) ? Number(text) : text.toWellFormed());

/** The objects that a log lists as JSON, whole: what one row says of several orders concerns each of them. In other columns such a text means nothing. */
const listOf = (text: string): string[] | null => {
  if (!text.startsWith('["')) return null;
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every((one) => typeof one === "string") ? read.map((one) => one.replaceAll("\u0000", "").toWellFormed()) : null;
  } catch {
    return null;
  }
};

const messageIdOf = (row: SourceRow, plan: Plan, mapping: Mapping, fileHash: string): string => {
  const given = answerOf(row, plan.columns("message_id")[0]);
  if (given !== "") return `${mapping.source}:${given.slice(0, 200)}`.toWellFormed();
  const sheet = mapping.read.sheet === null ? "" : `${mapping.read.sheet}:`;
  return `import:${fileHash.slice(0, 32)}:${sheet}${row.number}`;
};

const shorten = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}…`);
