import { randomBytes } from "node:crypto";
import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { SurveyDefinition } from "./definition.contract.ts";
import { checkDefinition } from "./definition.rules.ts";
import type { ChangeSurveyBody, CreateSurveyBody } from "./surveys.contract.ts";
import { deleteSurveyRow, findSurvey, insertSurvey, insertVersion, listVersionRows, lockSurvey, updateDraft, updateStatus } from "./surveys.queries.ts";
import type { SurveyRow, SurveyVersionRow } from "./surveys.queries.ts";
import { SURVEY_TEMPLATES, emptySurvey } from "./templates.rules.ts";

export const surveyErrors = defineErrors("surveys", {
  survey_template_unknown: { status: 404, meaning: "There is no template of this name; GET /api/survey-templates lists them." },
  survey_changed_meanwhile: { status: 409, meaning: "Somebody else saved the draft since it was loaded. Load it again before changing it." },
  survey_not_ready: { status: 409, meaning: "The draft has errors that stop publishing; `details.problems` lists them." },
  survey_not_published: { status: 409, meaning: "The survey was never published, so it can be neither closed nor linked to." },
  identifier_names_nobody: { status: 400, meaning: "The identifier is empty, blocked or broken, so the link would be for nobody." },
  survey_times_cross: { status: 400, meaning: "The time the survey closes is not after the time it opens." },
  survey_has_responses: { status: 409, meaning: "The survey has responses, which would be lost. Close it instead of deleting it." },
});

/** The survey, or the refusal that there is none: one of another workspace does not exist for the caller. */
export const getSurvey = async (services: Services, actor: Actor, id: string): Promise<SurveyRow> => {
  const survey = await findSurvey(services.db, actor.workspaceId, id);
  if (survey === null) throw surveyNotFound(id);
  return survey;
};

export const createSurvey = async (services: Services, actor: Actor, given: CreateSurveyBody): Promise<SurveyRow> =>
  getSurvey(services, actor, await insertDraft(services.db, actor, given, services.clock.now()));

/** A survey of a template that is open at once, for parts of the product that need one to ask with; in the caller's transaction. */
export const createOpenSurvey = async (tx: Queryable, actor: Actor, given: { name: string; templateId: string; at: Date }): Promise<string> => {
  const id = await insertDraft(tx, actor, given, given.at);
  await openVersion(tx, actor, { surveyId: id, number: 1, definition: definitionFrom(given), at: given.at });
  return id;
};

/** A new draft with the questions of another survey as they stand in its draft; responses stay with the original. */
export const copySurvey = async (services: Services, actor: Actor, id: string): Promise<SurveyRow> => {
  const original = await getSurvey(services, actor, id);
  return createSurvey(services, actor, { name: `${original.name.slice(0, 113)} (copy)`, definition: original.draft });
};

export const changeSurvey = async (services: Services, actor: Actor, id: string, change: ChangeSurveyBody): Promise<SurveyRow> => {
  await getSurvey(services, actor, id);
  const isSaved = await updateDraft(services.db, {
    workspaceId: actor.workspaceId, id, name: change.name ?? null, draft: change.draft ?? null, revision: change.draftRevision ?? null, at: services.clock.now(),
  });
  if (!isSaved) throw surveyErrors.refuse("survey_changed_meanwhile", "Somebody else changed this survey. Load it again before changing it.");
  return getSurvey(services, actor, id);
};

/** Makes the draft the version people see, and opens the survey. Publishing an unchanged draft makes no new version. */
export const publishSurvey = async (services: Services, actor: Actor, id: string): Promise<SurveyRow> => {
  await transaction(services.db, async (tx) => {
    await lockSurvey(tx, actor.workspaceId, id);
    const survey = await findSurvey(tx, actor.workspaceId, id);
    if (survey === null) throw surveyNotFound(id);
    const problems = checkDefinition(survey.draft).filter((problem) => problem.severity === "error");
    if (problems.length > 0) {
      throw surveyErrors.refuse("survey_not_ready", `"${survey.name}" cannot be published yet: ${problems.map((problem) => problem.message).join(" ")}`, { problems });
    }
    if (survey.status === "open" && !hasUnpublishedChanges(survey)) return;
    const number = (survey.publishedVersion ?? 0) + 1;
    await openVersion(tx, actor, { surveyId: id, number, definition: survey.draft, at: services.clock.now() });
  });
  return getSurvey(services, actor, id);
};

/** Somebody who saved an answer this recently is probably still at it. */
const ANSWERING_MS = 3_600_000;

/** Published versions, newest first, with the names of those who published them. */
export const listVersions = async (services: Services, actor: Actor, id: string, range: { before: number | null; limit: number }): Promise<SurveyVersionRow[]> => {
  await getSurvey(services, actor, id);
  const answeringSince = new Date(services.clock.now().getTime() - ANSWERING_MS);
  const [rows, members] = await Promise.all([
    listVersionRows(services.db, { workspaceId: actor.workspaceId, id }, { ...range, answeringSince }),
    listMembers(services.db, actor.workspaceId),
  ]);
  return rows.map((row) => ({ ...row, publishedBy: members.find((member) => member.id === row.publishedBy)?.name ?? null }));
};

/** From now on nobody can answer; what was answered stays. Closing a closed survey changes nothing. */
export const closeSurvey = (services: Services, actor: Actor, id: string): Promise<SurveyRow> => changeStatus(services, actor, id, "closed");

export const reopenSurvey = (services: Services, actor: Actor, id: string): Promise<SurveyRow> => changeStatus(services, actor, id, "open");

export const deleteSurvey = async (services: Services, actor: Actor, id: string): Promise<void> => {
  const survey = await getSurvey(services, actor, id);
  if (await deleteSurveyRow(services.db, actor.workspaceId, id)) return;
  throw surveyErrors.refuse("survey_has_responses", `"${survey.name}" has responses, which would be lost. Close it instead.`);
};

/** Whether the draft differs from what people see now. */
export const hasUnpublishedChanges = (survey: SurveyRow): boolean =>
  survey.published === null || JSON.stringify(survey.draft) !== JSON.stringify(survey.published);

const insertDraft = async (tx: Queryable, actor: Actor, given: CreateSurveyBody, at: Date): Promise<string> => {
  const id = newId();
  await insertSurvey(tx, { workspaceId: actor.workspaceId, id, slug: newSlug(), name: given.name, draft: given.definition ?? definitionFrom(given), createdBy: actor.memberId, at });
  return id;
};

const openVersion = async (tx: Queryable, actor: Actor, version: { surveyId: string; number: number; definition: SurveyDefinition; at: Date }): Promise<void> => {
  await insertVersion(tx, { ...version, workspaceId: actor.workspaceId, publishedBy: actor.memberId });
  await publish(tx, { name: "survey.published", workspaceId: actor.workspaceId, payload: { surveyId: version.surveyId, version: version.number } });
};

const changeStatus = async (services: Services, actor: Actor, id: string, status: "open" | "closed"): Promise<SurveyRow> => {
  const survey = await getSurvey(services, actor, id);
  if (survey.status === "draft") throw surveyErrors.refuse("survey_not_published", `"${survey.name}" was never published. Publish it first.`);
  if (survey.status === status) return survey;
  await transaction(services.db, async (tx) => {
    await updateStatus(tx, { workspaceId: actor.workspaceId, id, status, at: services.clock.now() });
    await publish(tx, { name: status === "closed" ? "survey.closed" : "survey.reopened", workspaceId: actor.workspaceId, payload: { surveyId: id } });
  });
  return getSurvey(services, actor, id);
};

const definitionFrom = ({ templateId, name }: CreateSurveyBody): SurveyDefinition => {
  if (templateId === undefined) return emptySurvey(name);
  const template = SURVEY_TEMPLATES.find((one) => one.id === templateId);
  if (template === undefined) throw surveyErrors.refuse("survey_template_unknown", `There is no template "${templateId}". GET /api/survey-templates lists them.`);
  return template.definition;
};

const surveyNotFound = (id: string): AppError => new AppError("not_found", 404, `There is no survey ${id} here.`);

// 32 letters and digits that are not mistaken for each other; 10 of them make 50 bits, too many to guess an address.
const SLUG_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const newSlug = (): string => [...randomBytes(10)].map((byte) => SLUG_ALPHABET.charAt(byte % 32)).join("");
