import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction } from "#platform/db";
import type { Services } from "#platform/services";
import { SurveySettings } from "./survey-settings.contract.ts";
import { recountLetIn, updateSettings } from "./survey-settings.queries.ts";
import { lockSurvey } from "./surveys.queries.ts";
import { getSurvey, surveyErrors } from "./surveys.ts";

/** The limit of responses is counted like a quota; no quota of a definition can have this id. */
export const RESPONSE_LIMIT_ID = "*";

/** The settings as they are stored, with the usual value for what was never set or came with a later version. */
export const readSettings = (stored: unknown): SurveySettings => SurveySettings.parse(stored ?? {});

export const changeSettings = async (services: Services, actor: Actor, surveyId: string, settings: SurveySettings): Promise<SurveySettings> => {
  const before = await getSurvey(services, actor, surveyId);
  if (settings.opensAt !== null && settings.closesAt !== null && Date.parse(settings.opensAt) >= Date.parse(settings.closesAt)) {
    throw surveyErrors.refuse("survey_times_cross", "The survey would close before it opens. Choose a later end.");
  }
  await transaction(services.db, async (tx) => {
    await lockSurvey(tx, actor.workspaceId, surveyId);
    await updateSettings(tx, { workspaceId: actor.workspaceId, id: surveyId, settings, at: services.clock.now() });
    if (settings.responseLimit !== null) await recountLetIn(tx, { workspaceId: actor.workspaceId, id: surveyId, quotaId: RESPONSE_LIMIT_ID });
    await recordAudit(tx, actor, { action: "survey.settings_changed", subject: surveyId, details: { before: readSettings(before.settings), after: settings } });
  });
  return settings;
};
