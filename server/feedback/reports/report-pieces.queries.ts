// The pieces queries of a report are made of: what narrows it, ways to group, and weights. SQL of the analytics store.
import type { AnalyticsValue } from "#platform/analytics";
import { circumstanceOf } from "./circumstances.queries.ts";
import type { CellDimension, Circumstance } from "./reports.contract.ts";

/** What narrows a report. `days` are whole local days since 1970, half open. */
export type ReportSelection = {
  workspaceId: string;
  surveyIds: readonly string[];
  days: { from: number | null; to: number | null };
  cells: Readonly<Partial<Record<CellDimension, readonly string[]>>>;
  traits: readonly { name: string; values: readonly string[] }[];
  /** Ids of responses of the people asked for, whoever else answered; null for everybody. */
  responseIds: readonly string[] | null;
};

/** A way to group or to weight responses: a circumstance, a stretch of time, a trait, or the option chosen at a question. */
export type Axis =
  | { kind: "cell"; dimension: CellDimension }
  | { kind: "time"; unit: "week" | "month" | "quarter" }
  | { kind: "circumstance"; name: Circumstance }
  | { kind: "trait"; name: string }
  | { kind: "question"; question: string; part: string; isScore: boolean };

/** Weights by the values of some axes, in their order; what is not listed weighs 1. */
export type Weights = { axes: readonly Axis[]; weights: readonly { values: readonly string[]; weight: number }[] };

export type Query = {
  values: AnalyticsValue[];
  bind: (value: AnalyticsValue) => string;
  workspace: string;
  surveys: string;
  /** Boxes of the surveys, as a condition on the table of boxes. */
  boxes: string;
  /** Marks or counts of the surveys. */
  own: string;
  /** Days and circumstances, as a condition on whatever has the columns day and cell. */
  within: string;
  segment: (response: string) => string;
};

export const startQuery = (selection: ReportSelection): Query => {
  const values: AnalyticsValue[] = [];
  const bind = (value: AnalyticsValue): string => `$${values.push(value)}`;
  const workspace = `cast(${bind(selection.workspaceId)} as uuid)`;
  const surveys = selection.surveyIds.map((id) => `cast(${bind(id)} as uuid)`).join(", ");
  const boxes = `boxes.workspace_id = ${workspace} and boxes.survey_id in (${surveys})`;
  const within = [...daysOf(selection.days, bind), ...cellsOf(selection.cells, workspace, bind)];
  const segments = selection.traits.map(({ name, values: wanted }) =>
    `select response from response_traits where trait in (
       select trait from trait_values where workspace_id = ${workspace} and name = ${bind(name)} and value in (${wanted.map((value) => bind(value)).join(", ")}))`);
  if (selection.responseIds !== null) {
    // One text for all ids: a parameter each would take longer than the query.
    segments.push(`select response from responses where workspace_id = ${workspace} and survey_id in (${surveys}) and id in (select unnest(cast(${bind(`[${selection.responseIds.join(",")}]`)} as uuid[])))`);
  }
  return {
    values, bind, workspace, surveys, boxes,
    own: `box in (select box from boxes where ${boxes})`,
    within: within.length === 0 ? "true" : within.join(" and "),
    segment: (response) => (segments.length === 0 ? "true" : segments.map((one) => `${response} in (${one})`).join(" and ")),
  };
};

const daysOf = (days: ReportSelection["days"], bind: Query["bind"]): string[] => [
  ...(days.from === null ? [] : [`day >= ${bind(days.from)}`]),
  ...(days.to === null ? [] : [`day < ${bind(days.to)}`]),
];

const cellsOf = (cells: ReportSelection["cells"], workspace: string, bind: Query["bind"]): string[] => {
  const conditions = Object.entries(cells).map(([dimension, wanted]) => `cast(${dimension} as varchar) in (${wanted.map((value) => bind(value)).join(", ")})`);
  return conditions.length === 0 ? [] : [`cell in (select cell from cells where workspace_id = ${workspace} and ${conditions.join(" and ")})`];
};

// The tables that know the value of an axis, joined to marks or to responses under the name `answers` or `base`.
export const axisJoin = (query: Query, axis: Axis, name: string): string => {
  const on = name.startsWith("axis_") ? "base.response" : "answers.response";
  switch (axis.kind) {
    case "cell":
      return `join cells ${name} on ${name}.cell = ${name.startsWith("axis_") ? "base" : "answers"}.cell`;
    case "time":
      return "";
    case "circumstance":
      // All feelings of one response were about the same.
      return `left join (
        select about.response, any_value(${circumstanceOf[axis.name]}) as value
        from experience
        join responses about on about.workspace_id = ${query.workspace} and about.survey_id in (${query.surveys}) and about.id = experience.response_id
        where experience.workspace_id = ${query.workspace} and experience.survey_id in (${query.surveys}) and record = 'perception'
        group by about.response
      ) ${name} on ${name}.response = ${on}`;
    case "trait":
      return `left join (
        select response_traits.response, trait_values.value from response_traits join trait_values on trait_values.trait = response_traits.trait
        where trait_values.workspace_id = ${query.workspace} and trait_values.name = ${query.bind(axis.name)}
      ) ${name} on ${name}.response = ${on}`;
    case "question":
      return `${name.startsWith("axis_") ? "left join" : "join"} (
        select chosen.response, case when boxes.kind = 'score' then cast(cast(boxes.number as bigint) as varchar) else boxes.choice end as value
        from answers chosen join boxes on boxes.box = chosen.box
        where chosen.box in (select box from boxes where ${query.boxes} and question = ${query.bind(axis.question)} and ${axis.isScore ? "kind = 'score'" : `part = ${query.bind(axis.part)} and kind = 'choice'`})
      ) ${name} on ${name}.response = ${on}`;
  }
};

export const axisValue = (axis: Axis, name: string, marks: string): string => {
  switch (axis.kind) {
    case "cell":
      return `cast(${name}.${axis.dimension} as varchar)`;
    case "time":
      return timeKey(axis.unit, `${marks}.day`);
    case "circumstance":
    case "trait":
    case "question":
      return `coalesce(${name}.value, '')`;
  }
};

// Days are whole numbers, so that calendars need no time zone here: it was settled when the day was written.
export const timeKey = (unit: "week" | "month" | "quarter", day: string): string =>
  `cast(cast(date_trunc('${unit}', date '1970-01-01' + cast(${day} as integer)) as date) as varchar)`;

// Marks in wanted boxes, of the days, circumstances and people wanted.
export const marksOf = (query: Query, boxes: string): string =>
  `select response, day, cell, box, value from answers where ${boxes} and ${query.within} and ${query.segment("response")}`;

export const weightedResponses = (query: Query, { axes, weights }: Weights): string => {
  // A list of values needs at least one row; this one meets no response, since every value is given.
  const listed = weights.length === 0 ? [{ values: axes.map(() => "\u0001"), weight: 1 }] : weights;
  const rows = listed.map(({ values, weight }) => `(${[...values.map((value) => query.bind(value)), `cast(${query.bind(weight)} as double)`].join(", ")})`);
  const names = axes.map((_, index) => `key_${index}`);
  const on = axes.map((_, index) => `weights.key_${index} = with_values.value_${index}`).join(" and ");
  return `select with_values.response, weights.weight
          from (${responsesWithValues(query, axes)}) with_values
          join (values ${rows.join(", ")}) weights (${[...names, "weight"].join(", ")}) on ${on}`;
};

// One row per response that counts. A response without a value of an axis has the empty one.
export const responsesWithValues = (query: Query, axes: readonly Axis[]): string => {
  const joins = axes.map((axis, index) => axisJoin(query, axis, `axis_${index}`));
  const values = axes.map((axis, index) => `${axisValue(axis, `axis_${index}`, "base")} as value_${index}`);
  return `select base.response, ${values.join(", ")}
          from (
            select response, day, cell from responses
            where workspace_id = ${query.workspace} and survey_id in (${query.surveys}) and is_counted and ${query.within} and ${query.segment("response")}
          ) base ${joins.join(" ")}`;
};
