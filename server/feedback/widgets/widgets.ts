import { askToContact, findOwners, isInSegment, recordNotAsked } from "#customers";
import { findWriteKey } from "#people";
import { nobody } from "#platform/access";
import type { Actor } from "#platform/access";
import { transaction } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspaceOfEnvironment } from "../formbricks/formbricks.queries.ts";
import { standingFor } from "../responses/open-surveys.ts";
import { sendingRulesOf } from "../responses/sending-rules.ts";
import { clientUrl } from "../survey-page/client-files.ts";
import { createSurveyLink } from "../surveys/links.ts";
import { traitsNamedIn } from "../surveys/piping.rules.ts";
import { standingOf } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey, findSurveyBySlug } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { getSurvey } from "../surveys/surveys.ts";
import type { Visitor } from "./visitors.ts";
import { readVisitor } from "./visitors.ts";
import { widgetSurveyOf } from "./widget-survey.rules.ts";
import type { WidgetSurvey } from "./widget-survey.rules.ts";
import { WidgetPlacement, WriteKey } from "./widgets.contract.ts";
import type { DisplayStep, ShownPlacement, WidgetConfig, WidgetDecision, WidgetDecisionBody } from "./widgets.contract.ts";
import { addDisplay, findPlacement, listPlacedSurveys, sumDisplays, upsertPlacement } from "./widgets.queries.ts";

export const widgetErrors = defineErrors("widgets", {
  write_key_unknown: { status: 401, meaning: "No workspace has this write key, or it was revoked." },
});

const SURVEYS_MAX = 50;
const DAYS_SHOWN = 30;
const LINK_DAYS = 30;
const DAY_MS = 86_400_000;

/** Where and when a survey shows on the website, with what became of it lately. */
export const showPlacement = async (services: Services, actor: Actor, surveyId: string): Promise<ShownPlacement> => {
  await getSurvey(services, actor, surveyId);
  const found = await findPlacement(services.db, actor.workspaceId, surveyId);
  const since = new Date(services.clock.now().getTime() - DAYS_SHOWN * DAY_MS);
  return {
    placement: readPlacement(found?.settings),
    changedAt: found?.changedAt.toISOString() ?? null,
    displays: await sumDisplays(services.db, actor.workspaceId, surveyId, dayOf(since)),
    scriptUrl: `${services.baseUrl()}/w.js`,
  };
};

export const changePlacement = async (services: Services, actor: Actor, surveyId: string, placement: WidgetPlacement): Promise<ShownPlacement> => {
  await getSurvey(services, actor, surveyId);
  await upsertPlacement(services.db, { workspaceId: actor.workspaceId, surveyId, settings: placement, at: services.clock.now() });
  return showPlacement(services, actor, surveyId);
};

/** What the loader on a website needs. The same for every visitor, so it can be kept by browsers. */
export const showWidgetConfig = async (services: Services, key: string): Promise<WidgetConfig> => {
  const workspaceId = await getWorkspaceOf(services, key);
  const placed = await listPlacedSurveys(services.db, workspaceId, SURVEYS_MAX);
  const surveys = placed.filter(({ surveySettings }) => isOpen({ status: "open", settings: surveySettings }, services));
  return {
    client: clientUrl("widget.js") ?? "",
    surveys: surveys.map(({ id, slug, settings }) => {
      const { triggers, addresses, exceptAddresses, samplePercent, againAfterDays, quietDays, look, side, segmentId } = readPlacement(settings);
      return { id, slug, triggers, addresses, exceptAddresses, samplePercent, againAfterDays, quietDays, look, side, isForSegment: segmentId !== null };
    }),
  };
};

/** Everything to show one survey on a website; null when it takes no answers there. */
export const showWidgetSurvey = async (services: Services, asked: { key: string; slug: string; language: string }): Promise<WidgetSurvey | null> => {
  const workspaceId = await getWorkspaceOf(services, asked.key);
  const survey = await findSurveyBySlug(services.db, asked.slug);
  if (survey === null || survey.workspaceId !== workspaceId || !(await isOpenFor(survey, services)) || survey.published === null || survey.publishedVersion === null) return null;
  const { touchpoint } = readPlacement((await findPlacement(services.db, workspaceId, survey.id))?.settings);
  const sending = await sendingRulesOf(services.db, { workspaceId, id: survey.id, settings: readSettings(survey.settings) }, services.clock.now());
  return widgetSurveyOf({ id: survey.id, slug: survey.slug, version: survey.publishedVersion, definition: survey.published }, { wanted: asked.language, touchpoint, sending });
};

/** Whether a survey may be shown to whom the page names; asks the contact policy and writes its decision down.
 *  Somebody nobody knows yet, or who is not believed to be who the page says, is asked, unless the survey is for a segment. */
export const decideOnDisplay = async (services: Services, asked: WidgetDecisionBody): Promise<WidgetDecision> => {
  const workspaceId = await getWorkspaceOf(services, asked.key);
  const survey = await findSurvey(services.db, workspaceId, asked.surveyId);
  if (survey === null || !(await isOpenFor(survey, services)) || survey.published === null) return { isAllowed: false, link: null };
  const visitor = await readVisitor(services, workspaceId, asked);
  if (asked.isInline) return { isAllowed: true, link: await linkFor(services, survey, visitor) };
  const placement = readPlacement((await findPlacement(services.db, workspaceId, survey.id))?.settings);
  const { subject } = visitor;
  const now = services.clock.now();
  const [owner] = subject === null ? [] : await findOwners(services.db, [{ workspaceId, subject, at: now }]);
  const customerId = owner?.customerId ?? null;
  const what = { workspaceId, channel: "web", purpose: "survey", kind: placement.kind, reference: { type: "survey", id: survey.id, label: survey.name }, isReminder: false, at: now } as const;
  const key = `widget:${survey.id}:${customerId}:${dayOf(now)}`;
  if (placement.segmentId !== null && (customerId === null || !(await isInSegment(services.db, workspaceId, placement.segmentId, customerId)))) {
    if (customerId !== null) await recordNotAsked(services.db, { ...what, reason: "not_in_segment" }, [{ customerId, address: null, key }]);
    return { isAllowed: false, link: null };
  }
  if (customerId !== null) {
    const { decision } = await transaction(services.db, (tx) => askToContact(tx, { ...what, customerId, address: null, key }));
    if (decision === "not_asked") return { isAllowed: false, link: null };
  }
  return { isAllowed: true, link: await linkFor(services, survey, visitor) };
};

// The link also opens the public page, which fills in traits the survey names: without proof it is given only where there are none.
export const linkFor = async (services: Services, survey: SurveyRow, { subject, isProven }: Visitor): Promise<string | null> => {
  if (subject === null || survey.published === null) return null;
  if (traitsNamedIn(survey.published).length > 0 && !isProven) return null;
  const actor = { ...nobody, workspaceId: survey.workspaceId };
  const { url } = await createSurveyLink(services, actor, survey.id, { identifier: subject, expiresInDays: LINK_DAYS, isSingleUse: false });
  return new URL(url).searchParams.get("c");
};

/** Counts that a survey was shown, begun, finished or closed. Never an answer: closing it says nothing about how somebody feels. */
export const noteDisplay = async (services: Services, given: { key: string; surveyId: string; step: DisplayStep }): Promise<void> => {
  await noteDisplayOf(services, await getWorkspaceOf(services, given.key), given);
};

export const noteDisplayOf = async (services: Services, workspaceId: string, { surveyId, step }: { surveyId: string; step: DisplayStep }): Promise<void> => {
  if ((await findSurvey(services.db, workspaceId, surveyId)) === null) return;
  await addDisplay(services.db, { workspaceId, surveyId, day: dayOf(services.clock.now()), step });
};

/** The workspace whose website names itself by a write key, or by an id it had with Formbricks; null for an unknown one. */
export const findSite = async (services: Services, key: string): Promise<string | null> =>
  WriteKey.safeParse(key).success ? ((await findWriteKey(services, key))?.workspaceId ?? null) : findWorkspaceOfEnvironment(services.db, key);

const getWorkspaceOf = async (services: Services, key: string): Promise<string> => {
  const workspaceId = await findSite(services, key);
  if (workspaceId === null) throw widgetErrors.refuse("write_key_unknown", "This write key is unknown or revoked. Copy the code for the website again.");
  return workspaceId;
};

export const isOpen = (survey: { status: SurveyRow["status"]; settings: unknown }, services: Services): boolean =>
  standingOf({ status: survey.status, settings: readSettings(survey.settings) }, services.clock.now()) === "open";

// All places taken, nobody is asked in vain.
const isOpenFor = async (survey: SurveyRow, services: Services): Promise<boolean> =>
  (await standingFor(services.db, { ...survey, settings: readSettings(survey.settings) }, services.clock.now())) === "open";

export const readPlacement = (settings: unknown): WidgetPlacement => WidgetPlacement.parse(settings ?? {});
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
