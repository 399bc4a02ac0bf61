// The survey at a public address, as saving needs it. What never changes is kept between saves.
import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import type { SurveySettings } from "../surveys/survey-settings.contract.ts";
import { standingOf, standingOfOpened } from "../surveys/survey-settings.rules.ts";
import { RESPONSE_LIMIT_ID, readSettings } from "../surveys/survey-settings.ts";
import { findSurveyBySlug, findVersion } from "../surveys/surveys.queries.ts";
import { listQuotaCounts } from "./places.queries.ts";
import { responseErrors } from "./responses.errors.ts";

export type OpenSurvey = {
  workspaceId: string; id: string; name: string; slug: string; status: "draft" | "open" | "closed"; settings: SurveySettings;
  publishedVersion: number | null; published: SurveyDefinition | null;
  /** When a member closed it; null while it is open. */
  closedAt: Date | null;
  /** As stored, to notice a change. */
  storedSettings: unknown;
};

/** The survey of an address with its settings.
 *  @throws survey_unknown, also for a draft */
export const getSurveyAt = async (db: Queryable, slug: string): Promise<OpenSurvey> => {
  const survey = await findSurveyBySlug(db, slug);
  if (survey === null || survey.status === "draft") throw responseErrors.refuse("survey_unknown", "There is no survey at this address. Check the link.");
  const { workspaceId, id, name, status, publishedVersion, published, closedAt } = survey;
  return { workspaceId, id, name, slug, status, publishedVersion, published, closedAt, settings: readSettings(survey.settings), storedSettings: survey.settings };
};

/** How a survey stands for somebody who opens it. */
export const standingFor = async (db: Queryable, survey: Pick<OpenSurvey, "workspaceId" | "id" | "status" | "settings">, now: Date): Promise<ReturnType<typeof standingOf>> => {
  if (survey.settings.responseLimit === null) return standingOf(survey, now);
  const places = await listQuotaCounts(db, survey.workspaceId, survey.id);
  return standingOfOpened({ ...survey, placesTaken: places.find(({ quotaId }) => quotaId === RESPONSE_LIMIT_ID)?.letIn ?? 0 }, now);
};

/** Refuses when a survey takes no answers now.
 *  @param answeredAgoMs how long ago the answers were given: what was answered without a line before the end still counts */
export const checkStanding = (survey: OpenSurvey, now: Date, answeredAgoMs = 0): void => {
  const answeredAt = new Date(now.getTime() - answeredAgoMs);
  const wasOpenThen = answeredAgoMs > 0 && (survey.status === "open" || (survey.closedAt !== null && answeredAt < survey.closedAt));
  switch (wasOpenThen ? standingOf({ ...survey, status: "open" }, answeredAt) : standingOf(survey, now)) {
    case "open":
      return;
    case "unknown":
      throw responseErrors.refuse("survey_unknown", "There is no survey at this address. Check the link.");
    case "not_yet":
      throw responseErrors.refuse("survey_not_open_yet", `This survey takes answers from ${survey.settings.opensAt ?? "later"} on. Come back then.`);
    case "closed":
      throw responseErrors.refuse("survey_closed", "This survey is closed and takes no more answers.");
  }
};

/** The questions as they were asked. The published version came along with the survey; only an older one, opened before the last publishing, is looked up. */
export const getVersion = async (db: Queryable, survey: OpenSurvey, version: number): Promise<SurveyDefinition> => {
  const definition = version === survey.publishedVersion ? survey.published : await findVersion(db, survey.workspaceId, survey.id, version);
  if (definition === null) throw responseErrors.refuse("survey_version_unknown", `This survey has no version ${version}. Load the page again.`);
  return definition;
};
