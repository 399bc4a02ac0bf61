// Turns the rule of a segment into conditions on `customers.activity activity`, which has one row per customer of today.
import type { SegmentCondition, SegmentGroup, SegmentRule } from "./segments.contract.ts";

/** A rule made ready. `namedAs`: by touchpoint in small letters, the names of interactions the register calls so. */
export type PreparedRule = SegmentRule & { namedAs: Readonly<Record<string, readonly string[]>> };

/** Collects values and gives each its place. `$1` is the workspace. */
export type Values = { list: unknown[]; add: (value: unknown, type: string) => string; namedAs: PreparedRule["namedAs"] };
export const startValues = (workspaceId: string, namedAs: PreparedRule["namedAs"]): Values => {
  const list: unknown[] = [workspaceId];
  return { list, add: (value, type) => `$${list.push(value)}::${type}`, namedAs };
};

/** `holds` is a condition, `found` a text that tells why. */
export type Compiled = { holds: string; found: string };

export const compileRule = (rule: SegmentRule, values: Values): string => {
  const who = rule.who === "known" ? "not activity.is_anonymous" : "true";
  if (rule.conditions.length === 0) return who;
  return `${who} and (${rule.conditions.map((part) => compilePart(part, values)).join(rule.match === "all" ? " and " : " or ")})`;
};

export const compilePart = (part: SegmentCondition | SegmentGroup, values: Values): string =>
  part.kind === "group"
    ? `(${part.conditions.map((condition) => compileCondition(condition, values).holds).join(part.match === "all" ? " and " : " or ")})`
    : compileCondition(part, values).holds;

export const compileCondition = (condition: SegmentCondition, values: Values): Compiled => {
  switch (condition.kind) {
    case "trait": return compileTrait(condition, values);
    case "identifier": return compileIdentifier(condition, values);
    case "seen": return compileSeen(condition, values);
    case "interactions": return compileInteractions(condition, values);
    case "touchpoint": return compileTouchpoint(condition, values);
    case "score": return compileScore(condition, values);
    case "list": return compileList(condition, values);
    default: return condition satisfies never;
  }
};

type Of<Kind extends SegmentCondition["kind"]> = Extract<SegmentCondition, { kind: Kind }>;

// What a member wrote outranks what systems send, and both what was inferred: the order of `currentTraits`.
const weights = (trait: string): string[] => [
  `case ${trait}.source when 'manual' then 2 when 'inferred' then 0 else 1 end`, `${trait}.at`, `${trait}.recorded_at`, `${trait}.id`,
];
const held = (assignment: string, trait: string): string =>
  `${trait}.identifier_id = ${assignment}.identifier_id and ${trait}.at >= ${assignment}.valid_from and ${trait}.at < ${assignment}.valid_to`;

// First who has such an entry, by the index on name and value; only for those whether another entry outranks it.
const presentTrait = (name: string, test: string): string => `exists (
  select 1
  from customers.traits trait
  join customers.assignments assignment on ${held("assignment", "trait")}
  where assignment.customer_id = activity.customer_id and trait.name = ${name} and ${test}
    and not exists (
      select 1
      from customers.assignments other
      join customers.traits newer on ${held("other", "newer")}
      where other.customer_id = assignment.customer_id and newer.name = ${name} and (${weights("newer").join(", ")}) > (${weights("trait").join(", ")})
    )
)`;

const compileTrait = (condition: Of<"trait">, values: Values): Compiled => {
  const name = values.add(condition.name, "text");
  const found = `(
    select left(trait.value #>> '{}', 200)
    from customers.assignments assignment
    join customers.traits trait on ${held("assignment", "trait")}
    where assignment.customer_id = activity.customer_id and trait.name = ${name}
    order by ${weights("trait").map((column) => `${column} desc`).join(", ")}
    limit 1
  )`;
  if (condition.operator === "known") return { holds: presentTrait(name, "trait.value <> 'null'"), found };
  if (condition.operator === "unknown") return { holds: `not ${presentTrait(name, "trait.value <> 'null'")}`, found };
  if (condition.operator === "is_not") return { holds: `not ${presentTrait(name, traitTest({ ...condition, operator: "is" }, values))}`, found };
  return { holds: presentTrait(name, traitTest(condition, values)), found };
};

const text = "lower(left(trait.value #>> '{}', 100))";
const isNumber = `trait.value #>> '{}' ~ '^\\s*-?\\d{1,30}(\\.\\d{1,30})?\\s*$'`;
const isDate = `trait.value #>> '{}' ~ '^\\d{4}-\\d{2}-\\d{2}'`;

const traitTest = (condition: Of<"trait">, values: Values): string => {
  const lower = condition.value.toLowerCase().slice(0, 100);
  switch (condition.operator) {
    case "is": return `${text} = ${values.add(lower, "text")}`;
    case "contains": return `${text} like '%' || ${values.add(escapeLike(lower), "text")} || '%'`;
    case "starts_with": return `${text} like ${values.add(escapeLike(lower), "text")} || '%'`;
    case "more_than": return `case when ${isNumber} then (trait.value #>> '{}')::numeric > ${values.add(numberIn(condition.value), "numeric")} else false end`;
    case "less_than": return `case when ${isNumber} then (trait.value #>> '{}')::numeric < ${values.add(numberIn(condition.value), "numeric")} else false end`;
    case "before": return `case when ${isDate} then left(trait.value #>> '{}', 10) < ${values.add(condition.value.slice(0, 10), "text")} else false end`;
    case "after": return `case when ${isDate} then left(trait.value #>> '{}', 10) > ${values.add(condition.value.slice(0, 10), "text")} else false end`;
    case "known": case "unknown": case "is_not": return "true";
    default: return condition.operator satisfies never;
  }
};

const compileIdentifier = (condition: Of<"identifier">, values: Values): Compiled => {
  const kind = condition.identifier === "external" ? "identifier.kind like 'external:%'" : `identifier.kind = ${values.add(condition.identifier, "text")}`;
  const from = `from customers.assignments assignment
    join customers.identifiers identifier on identifier.id = assignment.identifier_id
    where assignment.customer_id = activity.customer_id and assignment.valid_to = 'infinity' and not identifier.is_blocked and ${kind}`;
  return { holds: `${condition.isPresent ? "" : "not "}exists (select 1 ${from})`, found: `(select identifier.value ${from} order by identifier.id limit 1)` };
};

const compileSeen = (condition: Of<"seen">, values: Values): Compiled => {
  const column = condition.which === "first" ? "activity.first_seen_at" : "activity.last_seen_at";
  const border = `now() - make_interval(days => ${values.add(condition.days, "int")})`;
  return { holds: `${column} ${condition.operator === "within" ? ">=" : "<"} ${border}`, found: asInstant(column) };
};

const asInstant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const metBy = (values: Values, days: number | null, test: string): { from: string; isRecent: string } => {
  const since = days === null ? null : `now() - make_interval(days => ${values.add(days, "int")})`;
  return {
    from: `from customers.assignments assignment
      join customers.identifiers identifier on identifier.id = assignment.identifier_id
      join customers.interactions interaction
        on interaction.workspace_id = $1 and interaction.subject = identifier.kind || ':' || identifier.value
        and interaction.at >= assignment.valid_from and interaction.at < assignment.valid_to
      where assignment.customer_id = activity.customer_id${since === null ? "" : ` and interaction.at >= ${since}`}${test}`,
    // Who was not seen since met nothing since: that is known without looking at a single interaction.
    isRecent: since === null ? "true" : `activity.last_seen_at >= ${since}`,
  };
};

const compileInteractions = (condition: Of<"interactions">, values: Values): Compiled => {
  const isAtLeast = condition.operator === "at_least";
  if (condition.name === null && condition.days === null) {
    return { holds: `activity.interactions ${isAtLeast ? ">=" : "<="} ${values.add(condition.count, "bigint")}`, found: "activity.interactions::text" };
  }
  if (isAtLeast && condition.count === 0) return { holds: "true", found: "activity.interactions::text" };
  const name = condition.name === null ? "" : ` and interaction.name ilike ${values.add(asLike(condition.name), "text")}`;
  const { from, isRecent } = metBy(values, condition.days, name);
  // To know whether there are at least n, looking at n of them is enough.
  const needed = isAtLeast ? condition.count : condition.count + 1;
  const reaches = `(${isRecent} and activity.interactions >= ${values.add(needed, "bigint")} and exists (select 1 ${from} offset ${values.add(needed - 1, "bigint")} limit 1))`;
  return { holds: isAtLeast ? reaches : `not ${reaches}`, found: `(select count(*)::text ${from})` };
};

const compileTouchpoint = (condition: Of<"touchpoint">, values: Values): Compiled => {
  const pattern = values.add(asLike(condition.touchpoint), "text");
  const touchpoint = condition.touchpoint.toLowerCase();
  const names = Object.hasOwn(values.namedAs, touchpoint) ? (values.namedAs[touchpoint] ?? []) : [];
  const named = names.length === 0 ? "" : ` or (interaction.touchpoint is null and interaction.name = any (${values.add(names, "text[]")}))`;
  const { from, isRecent } = metBy(values, condition.days, ` and (interaction.touchpoint ilike ${pattern} or interaction.name ilike ${pattern}${named})`);
  return { holds: `${condition.isMet ? "" : "not "}(${isRecent} and exists (select 1 ${from}))`, found: `(select ${asInstant("max(interaction.at)")} ${from})` };
};

const compileScore = (condition: Of<"score">, values: Values): Compiled => {
  const kind = values.add(condition.score, "text");
  const between = `between ${values.add(condition.from, "float8")} and ${values.add(condition.to, "float8")}`;
  const since = condition.days === null ? "" : ` and last.at >= now() - make_interval(days => ${values.add(condition.days, "int")})`;
  const last = `(
    select perception.value, perception.at
    from customers.assignments assignment
    join customers.identifiers identifier on identifier.id = assignment.identifier_id
    join customers.perceptions perception
      on perception.workspace_id = $1 and perception.subject = identifier.kind || ':' || identifier.value
      and perception.at >= assignment.valid_from and perception.at < assignment.valid_to
    where assignment.customer_id = activity.customer_id and perception.kind = ${kind} and perception.value is not null and not perception.is_inferred
    order by perception.at desc, perception.id desc
    limit 1
  ) last`;
  // Where the very last score is of that kind it stands in the row already; who never gave any is not looked up.
  const holds = `(activity.last_score is not null and case
    when activity.last_score_kind = ${kind}
      then exists (select 1 from (select activity.last_score as value, activity.last_score_at as at) last where last.value ${between}${since})
    else exists (select 1 from ${last} where last.value ${between}${since})
  end)`;
  return { holds, found: `(select last.value::text || ' ' || ${asInstant("last.at")} from ${last})` };
};

const compileList = (condition: Of<"list">, values: Values): Compiled => {
  const from = `from customers.list_entries entry
    join customers.assignments assignment on assignment.identifier_id = entry.identifier_id
    where entry.segment_id = ${values.add(condition.segmentId, "uuid")} and entry.workspace_id = $1
      and assignment.customer_id = activity.customer_id and assignment.valid_to = 'infinity'`;
  return { holds: `${condition.isMember ? "" : "not "}exists (select 1 ${from})`, found: `(select ${asInstant("min(entry.added_at)")} ${from})` };
};

const escapeLike = (part: string): string => part.replace(/[\\%_]/g, "\\$&");
const asLike = (pattern: string): string => pattern.split("*").map(escapeLike).join("%");
// A text that is no number compares with nothing.
const numberIn = (value: string): string => (/^\s*-?\d{1,30}(\.\d{1,30})?\s*$/.test(value) ? value.trim() : "NaN");
