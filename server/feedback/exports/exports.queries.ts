import { quoteText } from "#platform/db";
import type { Queryable } from "#platform/db";
import { ANSWERED_AT, conditionsOf } from "../responses/response-filter.queries.ts";
import type { ResponseFilter } from "../responses/response-filter.queries.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import type { ExportColumn } from "./columns.rules.ts";

/** Responses of one survey, as the list of responses narrows them down. */
export type ExportSelection = { workspaceId: string; filter: ResponseFilter };

/** How values are written: `words` says labels and guards cells against being read as formulas; `codes` says numbers of options. */
export type ExportStyle = "words" | "codes";

export const listVersionsOf = async (db: Queryable, workspaceId: string, surveyId: string): Promise<SurveyDefinition[]> => {
  const { rows } = await db.query<{ definition: SurveyDefinition }>(
    "select definition from feedback.survey_versions where workspace_id = $1 and survey_id = $2 order by number desc",
    [workspaceId, surveyId],
  );
  return rows.map(({ definition }) => definition);
};

/** One row per response, one column per export column, oldest first. Text with values as literals, because COPY takes no parameters.
 *  The answers of a response lie next to each other in answers_pkey, so each response reads one short stretch of it. */
export const exportText = (columns: readonly ExportColumn[], selection: ExportSelection, style: ExportStyle, between = ""): string => {
  const fromAnswers = columns.map((column, index) => ({ column, index })).filter(({ column }) => !isOfResponse(column));
  const picked = columns.map((column, index) => `${isOfResponse(column) ? responseValue(column, style) : `picked.c${index}`} as c${index}`);
  const lateral = fromAnswers.length === 0 ? "" : `cross join lateral (
    select ${fromAnswers.map(({ column, index }) => `${answerValue(column, style)} as c${index}`).join(", ")}
    from feedback.answers answer
    where answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.is_shown
  ) picked`;
  return `select ${picked.join(", ")} from feedback.responses response ${notesText(selection)} ${lateral} where ${wanted(selection)}${between} order by ${ANSWERED_AT}, response.id`;
};

// Read at once for the whole workspace: few responses have notes, and looking for those of each would cost more than all of them.
const notesText = ({ workspaceId }: ExportSelection): string => `left join (
    select response_id, string_agg(text, chr(10) order by created_at, id) as words,
           json_agg(json_build_object('text', text, 'memberId', member_id, 'createdAt', created_at) order by created_at, id) as list
    from feedback.response_notes
    where workspace_id = ${quoteText(workspaceId)}
    group by response_id
  ) notes on notes.response_id = response.id`;

const wanted = ({ workspaceId, filter }: ExportSelection): string => conditionsOf(workspaceId, filter, literal);

const literal = (value: string | number | boolean | readonly string[]): string => {
  if (typeof value === "string") return quoteText(value);
  return typeof value === "object" ? `array[${value.map(quoteText).join(", ")}]` : String(value);
};

/** A response in the order of an export. */
export type Place = { answeredAt: string; id: string };
/** What an export reads: where the next portion ends, no row if it is the last, and a COPY of the rows of a portion. */
export type CopiedTable = { endOfPortion: (after: Place | null) => string; copy: (after: Place | null, until: Place | null) => string };

const PORTION_ROWS = 5_000;

export const copiedTable = (columns: readonly ExportColumn[], selection: ExportSelection): CopiedTable => ({
  endOfPortion: (after) =>
    `select ${ANSWERED_AT}::text as "answeredAt", response.id from feedback.responses response where ${wanted(selection)}${beyond(">", after)} order by ${ANSWERED_AT}, response.id offset ${PORTION_ROWS - 1} limit 1`,
  copy: (after, until) => `copy (${exportText(columns, selection, "words", beyond(">", after) + beyond("<=", until))}) to stdout (format csv)`,
});

const beyond = (how: ">" | "<=", place: Place | null): string =>
  place === null ? "" : ` and (${ANSWERED_AT}, response.id) ${how} (${quoteText(place.answeredAt)}::timestamptz, ${quoteText(place.id)}::uuid)`;

export type Snapshot = { pid: number; snapshot: string };
export const BEGIN_SNAPSHOT = ["begin isolation level repeatable read read only", "select pg_backend_pid() as pid, pg_export_snapshot() as snapshot"];
export const joinSnapshot = (snapshot: string): string[] =>
  ["begin isolation level repeatable read read only", `set transaction snapshot ${quoteText(snapshot)}`, "select pg_backend_pid() as pid, '' as snapshot"];
export const CANCEL_COPY = "select pg_cancel_backend($1)";

export const openCursor = (select: string): string => `declare exported no scroll cursor for ${select}`;
export const fetchRows = (count: number): string => `fetch ${count} from exported`;

/** Longest value of each text column in bytes of UTF-8: files of fixed width need it before the first row. */
export const widthsText = (columns: readonly ExportColumn[], selection: ExportSelection): string => {
  const texts = columns.map((column, index) => ({ column, index })).filter(({ column }) => column.kind === "text" && column.codes === undefined);
  return `select ${texts.length === 0 ? "1" : texts.map(({ index }) => `max(octet_length(c${index}::text)) as c${index}`).join(", ")} from (${exportText(columns, selection, "codes")}) exported`;
};

/** Each response as one JSON text, with its answers by question as they were given. */
export const exportJson = (selection: ExportSelection): string =>
  `select json_build_object(
     'id', response.id, 'version', response.version, 'state', response.state, 'outcome', response.outcome, 'channel', response.channel, 'language', response.language,
     'touchpoint', response.touchpoint, 'source', response.source, 'campaign', response.campaign, 'customer', response.subject,
     'startedAt', response.started_at, 'completedAt', response.completed_at, 'endingId', response.ending_id, 'calculations', response.calculations,
     'flags', response.flags, 'tags', response.tags, 'notes', coalesce(notes.list, '[]'::json),
     'answers', coalesce((
       select json_object_agg(
                answer.question_id,
                json_strip_nulls(json_build_object('number', answer.number, 'choices', answer.choices, 'text', answer.text, 'details', answer.details)) order by answer.position
              )
       from feedback.answers answer
       where answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.is_shown
     ), '{}'::json)
   )::text as c0
   from feedback.responses response
   ${notesText(selection)}
   where ${wanted(selection)}
   order by ${ANSWERED_AT}, response.id`;

const isOfResponse = ({ source }: ExportColumn): boolean => source.of === "response" || source.of === "calculation";

// What a table calculator would run begins with one of these, in narrow or wide form, perhaps after blanks. Source: OWASP, CSV Injection.
const guarded = (text: string, style: ExportStyle): string =>
  style === "codes" ? text : `case when ${text} ~ '^\\s*[=+@\\t\\r\uff1d\uff0b\uff0d\uff20-]' then '''' || ${text} else ${text} end`;

const RESPONSE_COLUMNS = {
  id: "response.id::text", version: "response.version", state: "response.state", outcome: "response.outcome", channel: "response.channel", language: "response.language",
  touchpoint: "response.touchpoint", source: "response.source", campaign: "response.campaign", subject: "response.subject", endingId: "response.ending_id",
  startedAt: "response.started_at", completedAt: "response.completed_at", seconds: `round(date_part('epoch', ${ANSWERED_AT} - response.started_at))`,
  flags: "case when response.flags <> '{}' then array_to_string(response.flags, ', ') end", tags: "case when response.tags <> '{}' then array_to_string(response.tags, ', ') end", notes: "notes.words",
} as const;
const TYPED_BY_PEOPLE: ReadonlySet<string> = new Set(["touchpoint", "source", "campaign", "subject", "tags", "notes"]);

const responseValue = ({ source, kind }: ExportColumn, style: ExportStyle): string => {
  if (source.of === "calculation") return `(response.calculations ->> ${quoteText(source.id)})::float8`;
  if (source.of !== "response") return "null";
  const column = RESPONSE_COLUMNS[source.field];
  if (kind === "time") return style === "words" ? `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')` : `extract(epoch from ${column})::float8`;
  return TYPED_BY_PEOPLE.has(source.field) ? guarded(column, style) : column;
};

/** One value out of the answers of a response: an aggregate that looks at the rows of its question only. */
const answerValue = (column: ExportColumn, style: ExportStyle): string => {
  const { source } = column;
  if (source.of === "response" || source.of === "calculation") return "null";
  const only = `filter (where answer.question_id = ${quoteText(source.questionId)})`;
  switch (source.of) {
    case "number":
      return `max(answer.number) ${only}`;
    case "text":
      return guarded(`max(answer.text) ${only}`, style);
    case "choice":
      return codedValue(`max(answer.choices[1]) ${only}`, column, style);
    case "chosen":
      return `max((${quoteText(source.optionId)} = any (answer.choices))::int) ${only}`;
    case "place":
      return `max(array_position(answer.choices, ${quoteText(source.optionId)})) ${only}`;
    case "row":
      return codedValue(`max(answer.details -> 'rows' -> ${quoteText(source.rowId)} ->> 0) ${only}`, column, style);
    case "rowChosen":
      return `max((coalesce(answer.details -> 'rows' -> ${quoteText(source.rowId)} @> to_jsonb(${quoteText(source.optionId)}::text), false))::int) ${only}`;
    case "amount":
      return `max((answer.details -> 'amounts' ->> ${quoteText(source.optionId)})::float8) ${only}`;
    case "field":
      return guarded(`max(answer.details -> 'fields' ->> ${quoteText(source.field)}) ${only}`, style);
    case "files":
      return guarded(`max((select string_agg(file ->> 'name', ', ') from jsonb_array_elements(answer.details -> 'files') file)) ${only}`, style);
  }
};

const codedValue = (chosen: string, { codes = [] }: ExportColumn, style: ExportStyle): string => {
  if (codes.length === 0) return style === "words" ? chosen : "null::int";
  const cases = codes.map(({ id, label }, index) => `when ${quoteText(id)} then ${style === "words" ? quoteText(guardedText(label)) : String(index + 1)}`);
  return `case ${chosen} ${cases.join(" ")}${style === "words" ? ` else ${chosen}` : ""} end`;
};

const guardedText = (text: string): string => text.replace(/^(\s*[=+@\t\r\uff1d\uff0b\uff0d\uff20-])/, "'$1");
