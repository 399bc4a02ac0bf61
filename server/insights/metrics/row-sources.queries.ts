// Where the values of metrics stand in the analytics copy, as what queries select from.
import { usualScales } from "#customers";
import type { MeasureName, Scale } from "./metrics.contract.ts";
import type { QueryParts, RowSource } from "./metrics.queries.ts";
import { uuids } from "./people.queries.ts";

/** Scores as they were given. */
export const feelingRows = (measures: readonly MeasureName[]): RowSource => ({
  from: () => "experience",
  // Names of our own, never text from outside; written out, the engine can skip what holds none of them.
  where: () => (measures.length === 1 ? `kind = '${measures.join("")}'` : `kind in (${measures.map((name) => `'${name}'`).join(", ")})`),
  measures,
  usual: (measure) => usualScales[measure],
});

/** What was read in comments: a row for each metric a comment says something about. */
export const readingRows = (measures: readonly MeasureName[], wanted: { language?: string[] | undefined; emotion?: string[] | undefined }): RowSource => ({
  from: () => {
    // One comment makes a row for each metric wanted, so that all tiles come from one pass.
    const values = measures.map((measure) => `when '${measure}' then ${valueOf[measure] ?? "null"}`).join(" ");
    const names = measures.map((measure) => `('${measure}')`).join(", ");
    return `(
      select ${placeColumns("comment")}, language, emotion, readings.model_version as model_version, named.kind as kind,
             cast(case named.kind ${values} end as double) as value, cast(-1 as double) as scale_min, cast(1 as double) as scale_max
      from experience comment
      join readings on readings.id = comment.id and readings.workspace_id = comment.workspace_id
      cross join (values ${names}) named (kind)
      where comment.kind = 'comment'
    ) answered`;
  },
  where: (query) =>
    [
      "value is not null",
      ...(wanted.language === undefined ? [] : [isOneOf(query, "coalesce(language, '')", wanted.language)]),
      ...(wanted.emotion === undefined ? [] : [isOneOf(query, "coalesce(emotion, '')", wanted.emotion)]),
    ].join(" and "),
  measures,
  usual: (measure) => usualScales[measure],
});

/** Values worked out from responses, each at the place of one of the feelings of its response. */
export const formulaRows = (scale: Scale, worked: { ids: readonly string[]; values: readonly number[] }): RowSource => ({
  from: (query) => `(
      select ${placeColumns("feeling")}, 'custom' as kind, worked_value as value,
             cast(${query.bind(scale.min)} as double) as scale_min, cast(${query.bind(scale.max)} as double) as scale_max
      from experience feeling
      join (
        select unnest(${uuids(query, worked.ids)}) as worked_id, unnest(cast(${query.bind(`[${worked.values.join(",")}]`)} as double[])) as worked_value
      ) worked on worked_id = feeling.id
    ) answered`,
  where: () => "value is not null",
  measures: ["custom"],
  usual: () => scale,
});

const valueOf: Partial<Record<MeasureName, string>> = {
  sentiment: "case sentiment when 'pos' then 1 when 'neg' then -1 else 0 end",
  need_easy: "need_easy",
  need_expect: "need_expect",
  need_promise: "need_promise",
  need_inform: "need_inform",
  need_individ: "need_individ",
  need_right: "need_right",
};

const placeColumns = (table: string): string =>
  ["workspace_id", "id", "record", "\"at\"", "customer", "customer_no", "touchpoint", "channel", "stage", "source", "survey_id", "interaction_id", "weight", "environment", "product", "member_id", "team_id", "department"].map((name) => `${table}.${name} as ${name}`).join(", ");

const isOneOf = (query: QueryParts, expression: string, names: readonly string[]): string =>
  names.length === 1 ? `${expression} = ${query.bind(names[0] ?? "")}` : `${expression} in (${names.map((name) => query.bind(name)).join(", ")})`;
