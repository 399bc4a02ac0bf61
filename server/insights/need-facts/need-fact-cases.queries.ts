// Each measure as a query of its cases: `customer`, `ms` (when the case began or was due), `value`, and the `id` of the fact with which it began, which says
// where it stands. Facts are read up to the end of what was observed.
// A case counts from when it has had the time to be over the limit, whether it is or not: if only what ended early, or is over already, were counted, the last days
// would always look better than the time before. Where no such time can be named, `isOpenEnded` says so.
import { clockOffset, CONTACT_DAYS, DAY_MS, detailsNamed, isWithin, mattersOf, namedFacts, namesIn, REOPEN_DAYS, type CasePieces } from "./case-pieces.queries.ts";
import { openEnded } from "./need-facts.rules.ts";
import type { MeasureName, NeedFactSettings } from "./need-facts.contract.ts";

const wordsOfMatters = ["reason", "contact_reason", "topic", "issue", "problem", "intent", "matter", "complaint_type"];
const wordsOfSolved = ["solved", "resolved", "is_solved", "is_resolved"];
const SESSION_MS = 30 * 60_000;
const ASKED_DAYS = 30;

/** Whether a case may come to be over the limit however long ago it began, so that periods must be compared at one age. */
export const isOpenEnded = (measure: MeasureName): boolean => openEnded.some((one) => one === measure);

/** Common table expressions that end in `cases`. */
export const casesOf = (measure: MeasureName, pieces: CasePieces, settings: NeedFactSettings): string => {
  const limit = settings.limits[measure] ?? 0;
  const limitMs = Math.round(limit * DAY_MS);
  switch (measure) {
    case "repeated_contacts":
      return `${contactChains(pieces, settings)}, cases as (select customer, arg_min(id, ms) as id, min(ms) as ms, count(*) - 1 as value from chained group by customer, matter, chain having min(ms) + ${(Math.floor(limit) + 1) * CONTACT_DAYS * DAY_MS} <= ${pieces.end})`;
    case "channel_switches":
      return `${contactChains(pieces, settings)}, cases as (select customer, arg_min(id, ms) as id, min(ms) as ms, sum(case when channel <> earlier_channel then 1 else 0 end) as value from (${chainedAtAge(pieces)}) aged group by customer, matter, chain having count(*) > 1)`;
    case "steps_to_goal":
      return stepsToGoal(pieces, settings);
    case "promise_late":
      return `${promises(pieces, settings)}, cases as (select customer, id, due_ms as ms, (coalesce(done_ms, ${pieces.end}) - due_ms) / ${DAY_MS}.0 as value from due where due_ms + ${limitMs} < ${pieces.end})`;
    case "promise_off":
      return `${promises(pieces, settings)}, cases as (select customer, id, due_ms as ms, greatest(coalesce(done_ms, ${pieces.end}) - due_ms, from_ms - coalesce(done_ms, ${pieces.end}), 0) / ${DAY_MS}.0 as value from due where due_ms + ${limitMs} < ${pieces.end})`;
    case "longest_silence":
      return longestSilence(pieces, settings);
    case "asked_again":
      return askedAgain(pieces, settings);
    case "time_to_remedy":
      return timeToRemedy(pieces, settings);
    case "reopened":
      return reopened(pieces, settings);
  }
};

// Contacts of one customer on one matter belong together while no more than a week lies between them. Chains and visits are numbered on from one customer to
// the next, as in paths.
const contactChains = (pieces: CasePieces, settings: NeedFactSettings): string =>
  `contacts as (
     select fact.id as id, fact.customer as customer, fact.ms as ms, coalesce(fact.channel, '') as channel, coalesce(said.text, '') as matter
     from (${namedFacts(pieces, settings.contacts)}) fact
     left join (${detailsNamed(pieces, wordsOfMatters)}) said on said.id = fact.id
   ),
   linked as (
     select *, lag(channel, 1, channel) over chain as earlier_channel, case when ms - lag(ms) over chain <= ${CONTACT_DAYS * DAY_MS} then 0 else 1 end as begins
     from contacts window chain as (partition by customer, matter order by ms, id)
   ),
   chained as (
     select id, customer, ms, matter, channel, case when begins = 1 then channel else earlier_channel end as earlier_channel,
            sum(begins) over (order by customer, matter, ms, id rows between unbounded preceding and current row) as chain
     from linked
   )`;

// Contacts of chains that are old enough, as these were at that age.
const chainedAtAge = ({ ageMs, end }: CasePieces): string => {
  if (ageMs === null) return "select * from chained";
  return `select * from (select *, min(ms) over (partition by customer, matter, chain) as begin_ms from chained) begun where ms < begin_ms + ${ageMs} and begin_ms + ${ageMs} <= ${end}`;
};

// A visit ends with half an hour of nothing. Steps are what the customer met in it up to the goal.
const stepsToGoal = (pieces: CasePieces, settings: NeedFactSettings): string => {
  const isGoal = namesIn(pieces, "name", settings.goals);
  return `met as (select id, customer, ms, name from (${namedFacts(pieces, null)}) fact where type <> 'note' and ${isWithin(pieces, "ms", SESSION_MS * 8)}),
   linked as (select *, case when ms - lag(ms) over (partition by customer order by ms, id) <= ${SESSION_MS} then 0 else 1 end as begins from met),
   visited as (select *, sum(begins) over (order by customer, ms, id rows between unbounded preceding and current row) as visit from linked),
   cases as (
     select customer, id, ms, place as value
     from (select id, customer, ms, name, row_number() over (partition by customer, visit order by ms, id) as place from visited) placed
     where ${isGoal}
   )`;
};

// One promise is one date told to one customer about one matter, however many facts repeat it; a date without a time is kept until the end of that day.
const promises = (pieces: CasePieces, settings: NeedFactSettings): string => {
  const done = settings.promises.map(({ property, done: names }) => `(property = ${pieces.bind(property)} and ${namesIn(pieces, "name", names)})`).join(" or ") || "false";
  const dates = `select id, name as property, epoch_ms(moment) as told_ms, text is not null as is_day from details where ${pieces.workspace} and moment is not null and ${namesIn(pieces, "name", settings.promises.map(({ property }) => property))}`;
  return `told as (
     select fact.id as id, fact.customer as customer, fact.ms as ms, fact.name as name, dated.property as property, dated.told_ms as told_ms, dated.is_day as is_day, coalesce(about.matter, cast(fact.customer as varchar)) as matter
     from (${namedFacts(pieces, null)}) fact
     join (${dates}) dated on dated.id = fact.id
     left join (${mattersOf(pieces)}) about on about.id = fact.id
   ),
   due as (
     select arg_min(customer, ms) as customer, arg_min(id, ms) as id, case when is_day then told_ms - ${clockOffset(pieces, "told_ms")} else told_ms end as from_ms,
            case when is_day then told_ms + ${DAY_MS} - ${clockOffset(pieces, "told_ms")} else told_ms end as due_ms, min(case when ${done} then ms end) as done_ms
     from told
     group by property, matter, told_ms, is_day
   )`;
};

const longestSilence = (pieces: CasePieces, settings: NeedFactSettings): string =>
  pieces.ageMs === null
    ? `${silencesOf(pieces, settings)}, cases as (select customer, id, open_ms as ms, max(gap_ms) / ${DAY_MS}.0 as value from gaps group by customer, id, matter, open_ms)`
    : `${silencesOf(pieces, settings)}, cases as (
     select customer, id, open_ms as ms, max(least(gap_ms, open_ms + ${pieces.ageMs} - since_ms)) / ${DAY_MS}.0 as value
     from gaps
     where since_ms < open_ms + ${pieces.ageMs} and open_ms + ${pieces.ageMs} <= ${pieces.end}
     group by customer, id, matter, open_ms
   )`;

/** Common table expressions that end in `gaps`: stretches in which a customer with something open heard and met nothing of it, from `since_ms` on for `gap_ms`. */
export const silencesOf = (pieces: CasePieces, settings: NeedFactSettings): string => {
  const [isOpening, isClosing] = [namesIn(pieces, "name", settings.opened), namesIn(pieces, "name", settings.closed)];
  return `touched as (
     select fact.id as id, fact.customer as customer, fact.ms as ms, fact.name as name, about.matter as matter
     from (${namedFacts(pieces, null)}) fact
     join (${mattersOf(pieces)}) about on about.id = fact.id
   ),
   opened as (select matter, arg_min(customer, ms) as customer, arg_min(id, ms) as id, min(ms) as open_ms from touched where ${isOpening} group by matter),
   spans as (
     select opened.customer as customer, opened.id as id, opened.matter as matter, opened.open_ms as open_ms, min(case when ${isClosing} and touched.ms >= opened.open_ms then touched.ms end) as closed_ms
     from opened join touched on touched.matter = opened.matter
     group by opened.customer, opened.id, opened.matter, opened.open_ms
   ),
   gaps as (
     select spans.customer as customer, spans.id as id, spans.matter as matter, spans.open_ms as open_ms, touched.ms as since_ms,
            least(coalesce(lead(touched.ms) over (partition by spans.matter order by touched.ms), spans.closed_ms, ${pieces.end}), coalesce(spans.closed_ms, ${pieces.end})) - touched.ms as gap_ms
     from spans join touched on touched.matter = spans.matter and touched.ms >= spans.open_ms and touched.ms < coalesce(spans.closed_ms, ${pieces.end})
   )`;
};

// Before the first thirty days of facts are over nobody can be known to be asked again: the share would grow by itself.
const askedAgain = (pieces: CasePieces, settings: NeedFactSettings): string =>
  `asked as (
     select fact.id as id, fact.customer as customer, fact.ms as ms, fact.name || ' ' || coalesce(said.text, '') as question
     from (${namedFacts(pieces, settings.questions)}) fact
     left join (${detailsNamed(pieces, ["question", "question_id", "form", "form_id", "form_name"])}) said on said.id = fact.id
   ),
   cases as (
     select customer, id, ms, case when ms - earlier_ms <= ${ASKED_DAYS * DAY_MS} then 1 else 0 end as value
     from (select *, lag(ms) over (partition by customer, question order by ms) as earlier_ms from asked) followed
     where ms >= (select min(epoch_ms("at")) + ${ASKED_DAYS * DAY_MS} from experience where ${pieces.workspace} and record = 'interaction')
   )`;

// Who still waits counts as waiting until now.
const timeToRemedy = (pieces: CasePieces, settings: NeedFactSettings): string =>
  `${waitsOf(pieces, settings)},
   cases as (select customer, id, ms, (coalesce(done_ms, ${pieces.end}) - ms) / ${DAY_MS}.0 as value from waited where ${pieces.end} - ms > ${Math.round((settings.limits.time_to_remedy ?? 0) * DAY_MS)})`;

/** Common table expressions that end in `waited`: from the first failure of a matter, `ms`, to the first remedy after it, `done_ms`, null where there is none. */
export const waitsOf = (pieces: CasePieces, settings: NeedFactSettings): string => {
  const about = (names: readonly string[]): string =>
    `select fact.id as id, fact.customer as customer, fact.ms as ms, coalesce(about.matter, cast(fact.customer as varchar)) as matter from (${namedFacts(pieces, names)}) fact left join (${mattersOf(pieces)}) about on about.id = fact.id`;
  return `failed as (select arg_min(customer, ms) as customer, arg_min(id, ms) as id, matter, min(ms) as ms from (${about(settings.failures)}) failure group by matter),
   righted as (${about(settings.remedies)}),
   waited as (
     select failed.customer as customer, failed.id as id, failed.ms as ms, min(righted.ms) as done_ms
     from failed left join righted on righted.matter = failed.matter and righted.ms >= failed.ms
     group by failed.customer, failed.id, failed.matter, failed.ms
   )`;
};

// What was put right, or called solved, and came up again within two weeks.
const reopened = (pieces: CasePieces, settings: NeedFactSettings): string =>
  `turned as (
     select fact.id as id, fact.customer as customer, fact.ms as ms, coalesce(said.text, '') as matter, lower(coalesce(solved.text, '')) in ('true', 'yes', '1') as is_settled
     from (${namedFacts(pieces, settings.contacts)}) fact
     left join (${detailsNamed(pieces, wordsOfMatters)}) said on said.id = fact.id
     left join (${detailsNamed(pieces, wordsOfSolved)}) solved on solved.id = fact.id
   ),
   cases as (
     select customer, id, ms, case when next_ms - ms <= ${REOPEN_DAYS * DAY_MS} then 1 else 0 end as value
     from (select *, lead(ms) over (partition by customer, matter order by ms) as next_ms from turned) followed
     where is_settled and ms + ${REOPEN_DAYS * DAY_MS} <= ${pieces.end}
   )`;
