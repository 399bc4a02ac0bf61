import { randomUUID } from "node:crypto";
import type { Actor } from "#platform/access";
import { transaction } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { listAnswers, lockResponse } from "../responses/responses.queries.ts";
import { saveResponse } from "../responses/responses.ts";
import { answersFrom } from "../responses/stored-answers.rules.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { chooseLanguage } from "../surveys/local-text.rules.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import { noteDisplayOf, readPlacement } from "../widgets/widgets.ts";
import { listPlacedSurveys } from "../widgets/widgets.queries.ts";
import { answersFromFormbricks } from "./formbricks-answers.rules.ts";
import { actionClassesFor, surveyForFormbricks } from "./formbricks-survey.rules.ts";
import type { FormbricksEnvironments, FormbricksResponseBody } from "./formbricks.contract.ts";
import { listEnvironments, replaceEnvironments } from "./formbricks.queries.ts";

export const formbricksErrors = defineErrors("formbricks", {
  formbricks_id_taken: { status: 409, meaning: "Another workspace of this installation has the Formbricks id already." },
});

const SURVEYS_MAX = 50;
const FRESH_MS = 60_000;

export const showEnvironments = async (services: Services, actor: Actor): Promise<FormbricksEnvironments> => ({ ids: await listEnvironments(services.db, actor.workspaceId) });

export const changeEnvironments = async (services: Services, actor: Actor, { ids }: FormbricksEnvironments): Promise<FormbricksEnvironments> =>
  transaction(services.db, async (tx) => {
    const kept = await replaceEnvironments(tx, actor.workspaceId, ids, services.clock.now());
    const taken = ids.find((id) => !kept.includes(id));
    if (taken !== undefined) throw formbricksErrors.refuse("formbricks_id_taken", `The id ${taken} belongs to another workspace of this installation. Remove it there first.`);
    return { ids: kept };
  });

/** The state of an environment: surveys that may show, and the actions they wait for. */
export const showEnvironment = async (services: Services, workspaceId: string): Promise<unknown> => {
  const placed = await listPlacedSurveys(services.db, workspaceId, SURVEYS_MAX);
  const surveys = (await Promise.all(placed.map(async ({ id, settings }) => {
    const survey = await findSurvey(services.db, workspaceId, id);
    return survey === null || survey.published === null ? [] : [{ id, name: survey.name, definition: survey.published, placement: readPlacement(settings) }];
  }))).flat();
  const workspace = { id: workspaceId, recontactDays: 7, clickOutsideClose: true, darkOverlay: false, overlay: "none", placement: "bottomRight", inAppSurveyBranding: false, styling: { allowStyleOverwrite: true } };
  return {
    data: { surveys: surveys.map(surveyForFormbricks), actionClasses: actionClassesFor(surveys.map(({ placement }) => placement)), workspace, project: workspace },
    expiresAt: new Date(services.clock.now().getTime() + FRESH_MS).toISOString(),
  };
};

/** Saves a response a client of Formbricks begins. Anonymous: a page that names somebody has not proved it. */
export const takeResponse = async (services: Services, workspaceId: string, given: FormbricksResponseBody): Promise<{ id: string; quotaFull: boolean } | null> => {
  const survey = await findSurvey(services.db, workspaceId, given.surveyId);
  if (survey === null || survey.published === null || survey.publishedVersion === null) return null;
  const saved = await saveResponse(services, {
    ...saveBodyOf(survey.published, given), id: randomUUID(), slug: survey.slug, version: survey.publishedVersion, revision: 1, answers: answersFromFormbricks(survey.published, given.data),
  });
  return { id: saved.id, quotaFull: false };
};

/** Saves what a client adds to a response: only what is new comes, so it is put beside what is there. */
export const addToResponse = async (services: Services, workspaceId: string, responseId: string, given: Omit<FormbricksResponseBody, "surveyId">): Promise<{ id: string; quotaFull: boolean } | null> => {
  const response = await lockResponse(services.db, workspaceId, responseId);
  const survey = response === null ? null : await findSurvey(services.db, workspaceId, response.surveyId);
  if (response === null || survey === null || survey.published === null || survey.publishedVersion !== response.version) return null;
  const before = answersFrom(await listAnswers(services.db, workspaceId, [responseId]));
  await saveResponse(services, {
    ...saveBodyOf(survey.published, { language: response.language, ...given }), id: responseId, slug: survey.slug, version: response.version, revision: response.revision + 1,
    answers: { ...before, ...answersFromFormbricks(survey.published, given.data) },
  });
  return { id: responseId, quotaFull: false };
};

export const takeDisplay = async (services: Services, workspaceId: string, surveyId: string): Promise<{ id: string }> => {
  await noteDisplayOf(services, workspaceId, { surveyId, step: "shown" });
  return { id: randomUUID() };
};

const saveBodyOf = (definition: SurveyDefinition, given: { language?: string | null | undefined; finished: boolean }) => ({
  language: chooseLanguage(definition.languages, [given.language ?? ""]), isComplete: given.finished, channel: "widget" as const, openedAgoMs: 0, answeredAgoMs: 0,
});
