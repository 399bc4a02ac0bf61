// What was said beside the scores of a response, and what its customer met in the days before. SQL of the analytics store.
import type { Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { NeedName } from "../comments/comments.contract.ts";
import { DAY_MS, namesIn, startCases, type CasePieces } from "../need-facts/case-pieces.queries.ts";
import { silencesOf, waitsOf } from "../need-facts/need-fact-cases.queries.ts";
import type { NeedFactSettings } from "../need-facts/need-facts.contract.ts";
import type { Surrounding } from "./surroundings.rules.ts";

/** `facts`: which facts are contacts, orders and the like, what says which of them belong together, and until when they are known.
 *  `period`: when what is counted was said. */
export type SurveyAsked = { workspaceId: string; surveyId: string; period: Period; facts: { settings: NeedFactSettings; matters: readonly string[]; endMs: number } };

/** How long before an answer things still count as its surroundings. */
export const DAYS_BEFORE = 30;
const RESPONSES_PER_LINE = 1_000;
const LINES_MAX = 10_000;

const needColumns = { EASY: "need_easy", EXPECT: "need_expect", PROMISE: "need_promise", INFORM: "need_inform", INDIVID: "need_individ", RIGHT: "need_right" } as const satisfies Record<NeedName, string>;

type Pieces = CasePieces & { survey: string; within: string };

const start = ({ workspaceId, surveyId, period, facts }: SurveyAsked): Pieces => {
  const pieces = startCases(workspaceId, { endMs: facts.endMs, matters: facts.matters, offsets: [], asked: { fromMs: 0, toMs: facts.endMs } });
  const within = `epoch_ms("at") >= cast(${pieces.bind(period.fromMs)} as bigint) and epoch_ms("at") < cast(${pieces.bind(period.toMs)} as bigint)`;
  return { ...pieces, survey: `cast(${pieces.bind(surveyId)} as uuid)`, within };
};

// One row is a response that stated a feeling: who gave it and when.
const answered = ({ workspace, survey, end, within }: Pieces): string =>
  `answered as materialized (
     select response_id, min(customer) as customer, min(epoch_ms("at")) as ms
     from experience
     where ${workspace} and survey_id = ${survey} and record = 'perception' and response_id is not null and ${within}
     group by response_id
   ),
   span as materialized (select min(ms) - ${DAYS_BEFORE * DAY_MS} as from_ms, least(max(ms), ${end}) as to_ms from answered where customer is not null)`;

// Facts of the span all answers lie in, so that years before need not be joined.
const before = ({ workspace }: Pieces, condition: string, columns: string): string =>
  `answered join (
     select customer, epoch_ms("at") as ms, ${columns} from experience
     where ${workspace} and customer is not null and epoch_ms("at") >= (select from_ms from span) and epoch_ms("at") < (select to_ms from span) and ${condition}
   ) fact on fact.customer = answered.customer and fact.ms < answered.ms and fact.ms >= answered.ms - ${DAYS_BEFORE * DAY_MS}`;

const isMeeting = "record = 'interaction' and touchpoint is not null and type not in ('identify', 'group', 'alias', 'note', 'response')";

export type SurroundingCounts = { comments: number; known: number; ces: number; contacts: number };

/** How many comments of a survey have been read, how many responses are of known customers, and how many of those have scores of effort or contacts before them. */
export const countSurroundings = async (analytics: AnalyticsStore, asked: SurveyAsked): Promise<SurroundingCounts> => {
  const pieces = start(asked);
  const [row] = await analytics.query(
    `with ${answered(pieces)}
     select
       (select count(*) from experience join readings on readings.id = experience.id where experience.${pieces.workspace} and experience.survey_id = ${pieces.survey} and experience.kind = 'comment' and ${pieces.within}) as comments,
       (select count(*) from answered where customer is not null) as known,
       (select count(distinct answered.response_id) from ${before(pieces, isOtherEffort(pieces), "id")}) as ces,
       (select count(distinct answered.response_id) from ${before(pieces, isContact(pieces, asked.facts.settings), "id")}) as contacts`,
    pieces.values,
  );
  const of = (name: string): number => Number(row?.[name] ?? 0);
  return { comments: of("comments"), known: of("known"), ces: of("ces"), contacts: of("contacts") };
};

const isOtherEffort = ({ survey }: Pieces): string => `record = 'perception' and kind = 'ces' and normalised is not null and survey_id is distinct from ${survey}`;
const isContact = (pieces: Pieces, { contacts }: NeedFactSettings): string => `record = 'interaction' and ${namesIn(pieces, "name", contacts)}`;

/** Touchpoints that customers met in the days before they answered, those of most responses first. */
export const countTouchpointsBefore = async (analytics: AnalyticsStore, asked: SurveyAsked, limit: number): Promise<{ name: string; count: number }[]> => {
  const pieces = start(asked);
  const rows = await analytics.query(
    `with ${answered(pieces)}
     select touchpoint as name, count(distinct answered.response_id) as count
     from ${before(pieces, isMeeting, "touchpoint")}
     group by touchpoint
     order by count desc, name
     limit ${pieces.bind(limit)}`,
    pieces.values,
  );
  return rows.map((row) => ({ name: String(row["name"]), count: Number(row["count"]) }));
};

/** Comments of a survey by theme. */
export const countThemesOfSurvey = async (analytics: AnalyticsStore, { workspaceId, surveyId, period }: SurveyAsked): Promise<{ themeId: string; count: number }[]> => {
  const rows = await analytics.query(
    `select cast(comment_themes.theme_id as varchar) as theme_id, count(*) as count
     from experience
     join comment_themes on comment_themes.id = experience.id
     where experience.workspace_id = cast($1 as uuid) and experience.survey_id = cast($2 as uuid) and experience.kind = 'comment'
       and epoch_ms(experience."at") >= cast($3 as bigint) and epoch_ms(experience."at") < cast($4 as bigint)
     group by comment_themes.theme_id`,
    [workspaceId, surveyId, period.fromMs, period.toMs],
  );
  return rows.map((row) => ({ themeId: String(row["theme_id"]), count: Number(row["count"]) }));
};

/** One row is a stretch of up to 1,000 responses as text: the id and a value per surrounding with commas between, responses with semicolons between; what is not known is empty. */
export const listSurroundingLines = async (analytics: AnalyticsStore, asked: SurveyAsked, wanted: readonly Surrounding[]): Promise<string[]> => {
  const pieces = start(asked);
  const parts = [saidPart(pieces, wanted), metPart(pieces, wanted), ...wanted.map((surrounding) => onePart(pieces, asked.facts.settings, surrounding))].filter((part) => part !== null);
  const values = wanted.map((surrounding, at) => `coalesce(cast(${valueOf(surrounding, at)} as varchar), '')`);
  const rows = await analytics.query(
    `with ${[answered(pieces), ...parts.map(({ sql }) => sql)].join(", ")}
     select string_agg(line, ';') as lines
     from (
       select (row_number() over (order by answered.response_id) - 1) // ${RESPONSES_PER_LINE} as stretch, concat_ws(',', cast(answered.response_id as varchar), ${values.join(", ")}) as line
       from answered ${parts.map(({ name }) => `left join ${name} on ${name}.response_id = answered.response_id`).join(" ")}
     ) lined
     group by stretch
     order by stretch`,
    pieces.values,
    { limitRows: LINES_MAX },
  );
  return rows.map((row) => String(row["lines"] ?? ""));
};

type Part = { name: string; sql: string };

// What is known of everybody who wrote is missing of who wrote nothing; what is known of customers is missing of strangers, and 0 where it did not happen.
const valueOf = (surrounding: Surrounding, at: number): string => {
  switch (surrounding.kind) {
    case "need":
    case "theme":
      return `said.value_${at}`;
    case "touchpoint":
      return `case when answered.customer is not null then coalesce(met.value_${at}, 0) end`;
    case "ces":
      return `ces.value`;
    case "contacts":
    case "silence":
    case "remedy":
      return `case when answered.customer is not null then coalesce(${surrounding.kind}.value, 0) end`;
  }
};

// Of several comments of a response: what most of them say of a need, and themes of any.
const saidPart = (pieces: Pieces, wanted: readonly Surrounding[]): Part | null => {
  const values = wanted.flatMap((surrounding, at) => {
    if (surrounding.kind === "need") return [`sign(sum(coalesce(readings.${needColumns[surrounding.need]}, 0))) as value_${at}`];
    return surrounding.kind === "theme" ? [`max(coalesce(themed.theme_${at}, 0)) as value_${at}`] : [];
  });
  if (values.length === 0) return null;
  const themes = wanted.flatMap((surrounding, at) => (surrounding.kind === "theme" ? [`max(case when ${idsIn(pieces, surrounding.themeIds)} then 1 else 0 end) as theme_${at}`] : []));
  const themed = themes.length === 0 ? "" : `left join (select id, ${themes.join(", ")} from comment_themes where ${pieces.workspace} group by id) themed on themed.id = experience.id`;
  return {
    name: "said",
    sql: `said as (
      select experience.response_id as response_id, ${values.join(", ")}
      from experience
      join readings on readings.id = experience.id
      ${themed}
      where experience.${pieces.workspace} and experience.survey_id = ${pieces.survey} and experience.kind = 'comment' and experience.response_id is not null
      group by experience.response_id
    )`,
  };
};

const idsIn = (pieces: Pieces, ids: readonly string[]): string => (ids.length === 0 ? "false" : `theme_id in (${ids.map((id) => `cast(${pieces.bind(id)} as uuid)`).join(", ")})`);

const metPart = (pieces: Pieces, wanted: readonly Surrounding[]): Part | null => {
  const names = wanted.flatMap((surrounding, at) => (surrounding.kind === "touchpoint" ? [{ name: pieces.bind(surrounding.name), at }] : []));
  if (names.length === 0) return null;
  const values = names.map(({ name, at }) => `max(case when fact.touchpoint = ${name} then 1 else 0 end) as value_${at}`);
  const isOne = `${isMeeting} and touchpoint in (${names.map(({ name }) => name).join(", ")})`;
  return { name: "met", sql: `met as (select answered.response_id as response_id, ${values.join(", ")} from ${before(pieces, isOne, "touchpoint")} group by answered.response_id)` };
};

const onePart = (pieces: Pieces, settings: NeedFactSettings, { kind }: Surrounding): Part | null => {
  const part = (value: string, source: string): Part => ({ name: kind, sql: `${kind} as (select answered.response_id as response_id, ${value} as value from ${source} group by answered.response_id)` });
  // Only what could be felt by then: a wait that went on is as long as it was when the customer answered.
  const waited = (from: string, to: string, table: string): Part => {
    const { name, sql } = part(`max(least(${to}, answered.ms) - ${from}) / ${DAY_MS}.0`, `answered join ${table} on ${table}.customer = answered.customer and ${from} < answered.ms and ${to} > answered.ms - ${DAYS_BEFORE * DAY_MS}`);
    return { name, sql: `${table === "gaps" ? silencesOf(pieces, settings) : waitsOf(pieces, settings)}, ${sql}` };
  };
  switch (kind) {
    case "need":
    case "theme":
    case "touchpoint":
      return null;
    case "ces":
      return part("arg_max(fact.normalised, fact.ms)", before(pieces, isOtherEffort(pieces), "normalised"));
    case "contacts":
      return part("count(*)", before(pieces, isContact(pieces, settings), "id"));
    case "silence":
      return waited("gaps.since_ms", "gaps.since_ms + gaps.gap_ms", "gaps");
    case "remedy":
      return waited("waited.ms", `coalesce(waited.done_ms, ${pieces.end})`, "waited");
  }
};
