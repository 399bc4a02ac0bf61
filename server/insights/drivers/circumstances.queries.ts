// Which responses of a survey were about which environment, product, team, department and member. SQL of the analytics store.
import type { AnalyticsStore, AnalyticsValue } from "#platform/analytics";
import { dimensions } from "../metrics/metrics.queries.ts";
import { circumstanceNames, type CircumstanceFilters, type CircumstanceName } from "./drivers.contract.ts";

type Asked = { workspaceId: string; surveyId: string };

const ofSurvey = "workspace_id = cast($1 as uuid) and survey_id = cast($2 as uuid) and record = 'perception' and response_id is not null";
const EACH_MAX = 50;

/** What the responses of a survey were about, most responses first, at most fifty of each kind; the empty value stands for those that do not say. */
export const listCircumstances = async (analytics: AnalyticsStore, { workspaceId, surveyId }: Asked): Promise<{ name: CircumstanceName; value: string }[]> => {
  const found = await Promise.all(circumstanceNames.map(async (name) => {
    const rows = await analytics.query(
      `select ${dimensions[name]} as value, count(distinct response_id) as responses from experience where ${ofSurvey} group by ${dimensions[name]} order by responses desc, value limit ${EACH_MAX}`, [workspaceId, surveyId]);
    const values = rows.map((row) => String(row["value"]));
    return values.every((value) => value === "") ? [] : values.map((value) => ({ name, value }));
  }));
  return found.flat();
};

/** The responses of a survey in these circumstances; null where any will do. */
export const findResponsesIn = async (analytics: AnalyticsStore, { workspaceId, surveyId }: Asked, filters: CircumstanceFilters): Promise<Set<string> | null> => {
  const values: AnalyticsValue[] = [workspaceId, surveyId];
  const conditions = circumstanceNames.flatMap((name) => {
    const wanted = filters[name];
    return wanted === undefined ? [] : [`${dimensions[name]} in (${wanted.map((one) => `$${values.push(one)}`).join(", ")})`];
  });
  if (conditions.length === 0) return null;
  // One text of all ids: a row for each of a hundred thousand would take longer to bring over than to find.
  const [row] = await analytics.query(
    `select string_agg(cast(response_id as varchar), ',') as ids from (select distinct response_id from experience where ${ofSurvey} and ${conditions.join(" and ")}) found`, values);
  return new Set(typeof row?.["ids"] === "string" ? row["ids"].split(",") : []);
};
