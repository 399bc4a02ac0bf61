import type { Queryable } from "#platform/db";
import { findWorkspace } from "#platform/workspaces";
import type { SurveySettings } from "../surveys/survey-settings.contract.ts";
import { makeChallenge } from "./proof-of-work.ts";
import type { Challenge } from "./proof-of-work.ts";

/** What a page must add to what it sends: work for a challenge, and what tells its device from others. */
export type SendingRules = { challenge: Challenge | null; isDeviceTold: boolean };

/** The rules of a survey for one page; null where nothing is asked for. */
export const sendingRulesOf = async (db: Queryable, survey: { workspaceId: string; id: string; settings: SurveySettings }, now: Date): Promise<SendingRules | null> => {
  const { protection, oneAnswerPer } = survey.settings;
  const isDeviceTold = oneAnswerPer !== "none";
  if (protection.proofOfWork === "none") return isDeviceTold ? { challenge: null, isDeviceTold } : null;
  const secret = (await findWorkspace(db, survey.workspaceId))?.secret ?? "";
  return { challenge: makeChallenge({ secret, surveyId: survey.id, now }), isDeviceTold };
};
