// Which responses of a survey were about which environment, product, team, department and member. SQL of the analytics store.
import type { AnalyticsStore, AnalyticsValue } from "#platform/analytics";
import { CIRCUMSTANCES, type Circumstance, type ReportFilters } from "./reports.contract.ts";

type Asked = { workspaceId: string; surveyId: string };

/** What tells a circumstance of a row of the copy; empty where it is not known. */
export const circumstanceOf: Record<Circumstance, string> = {
  environment: "coalesce(environment, '')", product: "coalesce(product, '')", department: "coalesce(department, '')",
  team: "coalesce(cast(team_id as varchar), '')", member: "coalesce(cast(member_id as varchar), '')",
};

const ofSurvey = "workspace_id = cast($1 as uuid) and survey_id = cast($2 as uuid) and record = 'perception' and response_id is not null";
const EACH_MAX = 50;

/** What the responses of a survey were about, most responses first, at most fifty of each kind; nothing of a kind that none of them says. */
export const listCircumstances = async (analytics: AnalyticsStore, { workspaceId, surveyId }: Asked): Promise<{ name: Circumstance; value: string; count: number }[]> => {
  const found = await Promise.all(CIRCUMSTANCES.map(async (name) => {
    const rows = await analytics.query(
      `select ${circumstanceOf[name]} as value, count(distinct response_id) as responses from experience where ${ofSurvey} group by ${circumstanceOf[name]} order by responses desc, value limit ${EACH_MAX}`, [workspaceId, surveyId]);
    const values = rows.map((row) => ({ name, value: String(row["value"]), count: Number(row["responses"]) }));
    return values.every(({ value }) => value === "") ? [] : values;
  }));
  return found.flat();
};

/** The responses of a survey in these circumstances; null where any will do. */
export const findResponsesIn = async (analytics: AnalyticsStore, { workspaceId, surveyId }: Asked, filters: Pick<ReportFilters, Circumstance>): Promise<string[] | null> => {
  const values: AnalyticsValue[] = [workspaceId, surveyId];
  const conditions = CIRCUMSTANCES.flatMap((name) => {
    const wanted = filters[name] ?? [];
    return wanted.length === 0 ? [] : [`${circumstanceOf[name]} in (${wanted.map((one) => `$${values.push(one)}`).join(", ")})`];
  });
  if (conditions.length === 0) return null;
  // One text of all ids: a row for each of a hundred thousand would take longer to bring over than to find.
  const [row] = await analytics.query(
    `select string_agg(cast(response_id as varchar), ',') as ids from (select distinct response_id from experience where ${ofSurvey} and ${conditions.join(" and ")}) found`, values);
  return typeof row?.["ids"] === "string" ? row["ids"].split(",") : [];
};
