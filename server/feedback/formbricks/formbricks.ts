import { randomUUID } from "node:crypto";
import { insertInteractions, interactionId, listTraitsOfSubject } from "#customers";
import type { Actor } from "#platform/access";
import { transaction } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { z } from "zod";
import { addToResponse } from "../responses/responses.ts";
import { chooseLanguage } from "../surveys/local-text.rules.ts";
import { findSurvey, findVersion } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { readVisitor } from "../widgets/visitors.ts";
import { isOpen, linkFor, noteDisplayOf, readPlacement } from "../widgets/widgets.ts";
import { listPlacedSurveys } from "../widgets/widgets.queries.ts";
import { answersFromFormbricks } from "./formbricks-answers.rules.ts";
import { bindUploads } from "./formbricks-files.ts";
import { contactIdOf, namedIn, proofIn, traitsFrom } from "./formbricks-people.rules.ts";
import { actionClassesFor, surveyForFormbricks } from "./formbricks-survey.rules.ts";
import type { FormbricksEnvironments, FormbricksResponseBody, FormbricksUserBody } from "./formbricks.contract.ts";
import { findResponsePlace, listEnvironments, replaceEnvironments } from "./formbricks.queries.ts";

export const formbricksErrors = defineErrors("formbricks", {
  formbricks_id_taken: { status: 409, meaning: "Another workspace of this installation has the Formbricks id already." },
});

const SURVEYS_MAX = 50;
const FRESH_MS = 60_000;
const PERSON_FRESH_MS = 30 * 60_000;
const DAYS_30_MS = 30 * 86_400_000;

export const showEnvironments = async (services: Services, actor: Actor): Promise<FormbricksEnvironments> => ({ ids: await listEnvironments(services.db, actor.workspaceId) });

export const changeEnvironments = async (services: Services, actor: Actor, { ids }: FormbricksEnvironments): Promise<FormbricksEnvironments> =>
  transaction(services.db, async (tx) => {
    const kept = await replaceEnvironments(tx, actor.workspaceId, ids, services.clock.now());
    const taken = ids.find((id) => !kept.includes(id));
    if (taken !== undefined) throw formbricksErrors.refuse("formbricks_id_taken", `The id ${taken} belongs to another workspace of this installation. Remove it there first.`);
    return { ids: kept };
  });

/** The state of an environment: surveys that may show to everybody, and the actions they wait for. Clients of Formbricks decide by themselves whom they
 *  show a survey, so one for a segment is none of these. */
export const showEnvironment = async (services: Services, workspaceId: string): Promise<unknown> => {
  const placed = await listPlacedSurveys(services.db, workspaceId, SURVEYS_MAX);
  const surveys = (await Promise.all(placed.map(async ({ id, settings }) => {
    const placement = readPlacement(settings);
    const survey = placement.segmentId === null ? await findSurvey(services.db, workspaceId, id) : null;
    return survey === null || survey.published === null || !isOpen(survey, services) ? [] : [{ id, name: survey.name, definition: survey.published, placement }];
  }))).flat();
  const workspace = { id: workspaceId, recontactDays: 7, clickOutsideClose: true, darkOverlay: false, overlay: "none", placement: "bottomRight", inAppSurveyBranding: false, styling: { allowStyleOverwrite: true } };
  return {
    data: { surveys: surveys.map(surveyForFormbricks), actionClasses: actionClassesFor(surveys.map(({ placement }) => placement)), workspace, project: workspace },
    expiresAt: new Date(services.clock.now().getTime() + FRESH_MS).toISOString(),
  };
};

type Saved = { id: string; quotaFull: false } | { id: string; quotaFull: true; quota: { id: string; action: "endSurvey" } };
type Given = Omit<FormbricksResponseBody, "surveyId">;

/** Saves a response a client of Formbricks begins. Whoever sends it again, because the reply got lost, means the same one.
 *  @param address of the sender in the network */
export const takeResponse = async (services: Services, workspaceId: string, given: FormbricksResponseBody, address: string): Promise<Saved | null> => {
  const survey = await findSurvey(services.db, workspaceId, given.surveyId);
  if (survey === null || survey.published === null || survey.publishedVersion === null) return null;
  const id = responseIdFor(workspaceId, given);
  const begun = await findResponsePlace(services.db, workspaceId, id);
  return addAnswers(services, survey, { id, version: begun?.version ?? survey.publishedVersion, language: null, startedAt: begun?.startedAt ?? null }, { given, address });
};

/** Saves what a client adds to a response: only what is new comes, so it is put beside what is there. */
export const changeResponse = async (services: Services, workspaceId: string, change: { responseId: string; given: Given; address: string }): Promise<Saved | null> => {
  const { responseId: id, given, address } = change;
  const begun = z.uuid().safeParse(id).success ? await findResponsePlace(services.db, workspaceId, id) : null;
  const survey = begun === null ? null : await findSurvey(services.db, workspaceId, begun.surveyId);
  return begun === null || survey === null ? null : addAnswers(services, survey, { id, ...begun }, { given, address });
};

const addAnswers = async (
  services: Services,
  survey: SurveyRow,
  response: { id: string; version: number; language: string | null; startedAt: Date | null },
  { given, address }: { given: Given; address: string },
): Promise<Saved | null> => {
  const { id, version } = response;
  const definition = await findVersion(services.db, survey.workspaceId, survey.id, version);
  if (definition === null) return null;
  const link = await linkFor(services, survey, await readVisitor(services, survey.workspaceId, namedIn(given)));
  const answers = await bindUploads(services, { workspaceId: survey.workspaceId, surveyId: survey.id, id }, definition, answersFromFormbricks(definition, given.data));
  await addToResponse(services, {
    id, slug: survey.slug, version, language: chooseLanguage(definition.languages, [given.language ?? response.language ?? ""]), isComplete: given.finished,
    answers, channel: "widget", openedAgoMs: tookMs(services, given, response.startedAt), answeredAgoMs: 0, ...(link === null ? {} : { link }),
  }, { address, cannotProve: true });
  const saved = await findResponsePlace(services.db, survey.workspaceId, id);
  return saved?.outcome === "over_quota" ? { id, quotaFull: true, quota: { id: survey.id, action: "endSurvey" } } : { id, quotaFull: false };
};

// A display is answered once, and a single-use id is used once. Without either the request says nothing by which to know it again.
const responseIdFor = (workspaceId: string, { surveyId, displayId, singleUseId }: FormbricksResponseBody): string => {
  const name = singleUseId != null ? `single:${singleUseId}` : displayId != null ? `display:${displayId}` : null;
  return name === null ? randomUUID() : interactionId(workspaceId, `formbricks:${surveyId}:${name}`);
};

/** How long somebody has been answering: what the client measured for each question, at least what passed since it began here. */
const tookMs = (services: Services, { ttc }: Given, startedAt: Date | null): number => {
  const { _total, ...each } = ttc;
  const measuredMs = _total ?? Object.values(each).reduce((sum, ms) => sum + ms, 0);
  const passedMs = startedAt === null ? 0 : services.clock.now().getTime() - startedAt.getTime();
  return Math.min(Math.max(Math.round(measuredMs), passedMs, 0), DAYS_30_MS);
};

export const takeDisplay = async (services: Services, workspaceId: string, surveyId: string): Promise<{ id: string }> => {
  await noteDisplayOf(services, workspaceId, { surveyId, step: "shown" });
  return { id: randomUUID() };
};

/** Tells a client about a person, and keeps what it says of them where it may be believed. */
export const takeUser = async (services: Services, workspaceId: string, { userId, attributes }: FormbricksUserBody): Promise<unknown> => {
  const traits = traitsFrom(attributes ?? {});
  const proof = proofIn(attributes ?? {});
  const { subject } = await readVisitor(services, workspaceId, { userId, proof });
  if (subject !== null) await noteTraits(services, workspaceId, { userId, subject, traits });
  const { language } = traits;
  return {
    state: {
      expiresAt: new Date(services.clock.now().getTime() + PERSON_FRESH_MS).toISOString(),
      data: { userId, contactId: contactIdOf({ userId, proof }), segments: [], displays: [], responses: [], lastDisplayAt: null, ...(language === undefined ? {} : { language }) },
    },
    messages: subject === null && Object.keys(traits).length > 0 ? ["The attributes were not kept: nothing proves who this is. Send firsthand_proof with them."] : [],
  };
};

// Pages say the same of somebody on every visit; only what is new is worth a line in the timeline.
const noteTraits = async (services: Services, workspaceId: string, person: { userId: string; subject: string; traits: ReturnType<typeof traitsFrom> }): Promise<void> => {
  const { userId, subject, traits } = person;
  const known = await listTraitsOfSubject(services.db, workspaceId, subject, Object.keys(traits));
  if (Object.entries(traits).every(([name, value]) => known[name] === value)) return;
  const messageId = `formbricks:${randomUUID()}`;
  const at = services.clock.now().toISOString();
  await insertInteractions(services.db, workspaceId, [{
    id: interactionId(workspaceId, messageId), messageId, type: "identify", name: "identify", subject, userId, anonymousId: null, at, receivedAt: at, sentAt: null, originalAt: null,
    channel: null, touchpoint: null, stage: null, direction: "customer", source: "segment", importId: null, memberId: null, message: JSON.stringify({ traits }),
  }]);
};
