import { timingSafeEqual } from "node:crypto";
import { signText } from "#platform/auth";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { enqueue } from "#platform/jobs";
import { listMailStates } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { Workspace } from "#platform/workspaces";
import { contextOf } from "../responses/context.ts";
import { SaveResponseBody } from "../responses/responses.contract.ts";
import { standingFor } from "../responses/open-surveys.ts";
import { listAnswers } from "../responses/responses.queries.ts";
import { saveResponse } from "../responses/responses.ts";
import { answersFrom } from "../responses/stored-answers.rules.ts";
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { createSurveyLink } from "../surveys/links.ts";
import { chooseLanguage } from "../surveys/local-text.rules.ts";
import { findUnansweredQuestion, listShownQuestions } from "../surveys/survey-path.rules.ts";
import { standingOf } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey, findVersion } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { findResponse, flagResponse, insertClick, listClicks } from "./clicks.queries.ts";
import type { FoundResponse } from "./clicks.queries.ts";
import { subjectOfAddresses } from "./composing.ts";
import { lockToGoOn } from "./distribution-work.ts";
import type { DistributionRow } from "./distributions.queries.ts";
import { findDistribution, wakeDistribution } from "./distributions.queries.ts";
import { findInvitation, lockInvitation, markAnswered, takeAnswerRevision, updateInvitation } from "./invitations.queries.ts";
import type { InvitationRow } from "./invitations.queries.ts";
import { answerInLink } from "./mail-answers.rules.ts";
import { scannerFlags } from "./scanners.rules.ts";
import type { Click } from "./scanners.rules.ts";
import { idInToken, signedText, tokenOf } from "./tokens.rules.ts";

/** An answer by a click counts once nothing followed that only a program does; the time a program takes to follow all links of a mail. */
const SETTLE_MS = 6_000;

/** An invitation behind a link, with all that a page needs. `state` says what may be done with it. */
export type Opened = {
  state: "open" | "answered" | "early" | "ended";
  invitation: InvitationRow; distribution: DistributionRow; workspace: Workspace; survey: SurveyRow; definition: SurveyDefinition; version: number;
  language: string; response: FoundResponse | null; answers: Answers; context: SurveyContext; token: string;
};

/** Whose link this is; null for one that is cut off, changed or of something deleted. */
export const findByToken = async (db: Queryable, token: string): Promise<{ invitation: InvitationRow; workspace: Workspace } | null> => {
  const id = idInToken(token);
  const invitation = id === null ? null : await findInvitation(db, id);
  const workspace = invitation === null ? null : await findWorkspace(db, invitation.workspaceId);
  if (id === null || invitation === null || workspace === null) return null;
  const expected = Buffer.from(tokenFor(workspace, id));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given) ? { invitation, workspace } : null;
};

const tokenFor = (workspace: Pick<Workspace, "secret">, id: string): string => tokenOf(id, signText(workspace.secret, signedText(id)));

/** Everything about the survey behind a link. */
export const openInvitation = async (services: Services, token: string, wanted: readonly string[]): Promise<Opened | null> => {
  const found = await findByToken(services.db, token);
  if (found === null) return null;
  const { invitation, workspace } = found;
  const { db } = services;
  const survey = await findSurvey(db, workspace.id, invitation.surveyId);
  const distribution = await findDistribution(db, workspace.id, invitation.distributionId);
  const response = await findResponse(db, workspace.id, invitation.responseId);
  const version = response?.version ?? survey?.publishedVersion ?? null;
  const definition = survey === null || version === null ? null : await findVersion(db, workspace.id, survey.id, version);
  if (survey === null || distribution === null || definition === null || version === null) return null;
  const language = chooseLanguage(definition.languages, [...wanted, invitation.language ?? ""].filter((tag) => tag !== ""));
  const answers = response === null ? {} : answersFrom(await listAnswers(db, workspace.id, [response.id]));
  const context = await contextOf(db, definition, {
    workspaceId: workspace.id, subject: subjectOf(invitation), language, channel: invitation.channel ?? "email", touchpoint: null, source: distribution.name, campaign: null,
  });
  // Who has begun may finish; that the last place was taken meanwhile is told at the end.
  const known = { ...survey, settings: readSettings(survey.settings) };
  const standing = response === null ? await standingFor(db, known, services.clock.now()) : standingOf(known, services.clock.now());
  const isOver = standing === "closed" || standing === "unknown" || (invitation.expiresAt !== null && invitation.expiresAt <= services.clock.now());
  const state = response?.state === "complete" ? "answered" : isOver ? "ended" : standing === "not_yet" ? "early" : "open";
  return { state, invitation, distribution, workspace, survey, definition, version, language, response, answers, context, token };
};

/** Notes a visit. It records no answer; it tells people from programs. */
export const noteClick = async (services: Services, invitation: InvitationRow, kind: Click["kind"], value: string | null): Promise<void> => {
  const at = services.clock.now();
  await insertClick(services.db, { workspaceId: invitation.workspaceId, invitationId: invitation.id, at, kind, value: value?.slice(0, 40) ?? null });
};

/** Keeps the answer of a link, once a person's browser or finger has sent it.
 *  @returns what comes next; null when the link holds no answer of this survey */
export const confirmAnswer = async (services: Services, opened: Opened, given: { questionId: string; value: string }): Promise<"survey" | "thanks" | null> => {
  const chosen = answerInLink(opened.definition, given.questionId, given.value);
  if (chosen === null) return null;
  const { invitation } = opened;
  await noteClick(services, invitation, "confirm", given.value);
  const flags = await flagsNow(services, opened);
  const answers = { ...opened.answers, [chosen.question.id]: chosen.answer };
  // A program's answer is kept apart from the person's, who may still come.
  const isSuspect = flags.length > 0;
  const revision = isSuspect ? 1 : await takeAnswerRevision(services.db, invitation.id, null);
  if (revision === null) return null;
  await save(services, opened, { answers, isComplete: false, responseId: isSuspect ? crypto.randomUUID() : invitation.responseId, flags, revision });
  if (!isSuspect) {
    await transaction(services.db, async (tx) => {
      const row = await lockInvitation(tx, invitation.id);
      if (row === null) return;
      const at = services.clock.now();
      await updateInvitation(tx, { ...row, clickedAt: row.clickedAt ?? at, answeredAt: row.answeredAt ?? at, nextAt: null });
      await enqueue(tx, "distributions.settle", { workspaceId: row.workspaceId, invitationId: row.id, responseId: row.responseId }, {
        key: `settle ${row.id}`, runAt: new Date(Date.now() + SETTLE_MS),
      });
    });
  }
  return hasMoreQuestions(opened, answers) ? "survey" : "thanks";
};

const hasMoreQuestions = ({ definition, context }: Opened, answers: Answers): boolean =>
  listShownQuestions(definition, answers, context).some(({ id, type }) => type !== "statement" && !Object.hasOwn(answers, id));

const flagsNow = async (services: Services, { invitation, distribution }: Opened): Promise<string[]> => {
  const clicks = await listClicks(services.db, invitation.workspaceId, invitation.id);
  const answeredAt = clicks.findLast(({ kind }) => kind === "confirm")?.at ?? services.clock.now();
  const [mail] = invitation.mailId === null ? [] : await listMailStates(services.db, [invitation.mailId]);
  return scannerFlags({ answeredAt, deliveredAt: mail?.sentAt ?? null, clicks, tooFastMs: distribution.settings.tooFastSeconds * 1000 });
};

/** Decides about an answer some seconds after it was given: a program has followed further links by then. What is a person's and complete is recorded. */
export const settleAnswer = async (services: Services, invitationId: string, responseId: string): Promise<void> => {
  const found = await findInvitation(services.db, invitationId);
  if (found === null || found.responseId !== responseId) return;
  const workspace = await findWorkspace(services.db, found.workspaceId);
  if (workspace === null) return;
  const opened = await openInvitation(services, tokenFor(workspace, invitationId), []);
  if (opened === null || opened.response === null || opened.state === "answered") return;
  const flags = await flagsNow(services, opened);
  if (flags.length > 0) {
    await transaction(services.db, async (tx) => {
      const row = await lockToGoOn(tx, invitationId);
      if (row === null || !(await flagResponse(tx, row.workspaceId, responseId, flags))) return;
      await updateInvitation(tx, { ...row, responseId: crypto.randomUUID(), answeredAt: null, clickedAt: null, nextAt: nextReminder(row, opened.distribution) });
      await wakeDistribution(tx, opened.distribution);
    });
    return;
  }
  if (hasMoreQuestions(opened, opened.answers)) return;
  // Whoever has changed the answer since has it settled once more.
  const revision = await takeAnswerRevision(services.db, invitationId, opened.invitation.answerRevision);
  if (revision !== null) await save(services, opened, { answers: opened.answers, isComplete: true, responseId, flags: [], revision });
};

const nextReminder = (row: InvitationRow, { settings }: DistributionRow): Date | null =>
  row.step > settings.reminders.count || row.lastSentAt === null ? null : new Date(row.lastSentAt.getTime() + settings.reminders.afterDays * 86_400_000);

/** Saves a form with all answers, from a browser that runs no script. */
export const saveForm = async (services: Services, opened: Opened, answers: Answers): Promise<{ endingId: string | null }> => {
  const revision = (await takeAnswerRevision(services.db, opened.invitation.id, null)) ?? 1;
  const saved = await save(services, opened, { answers, isComplete: true, responseId: opened.invitation.responseId, flags: [], revision });
  await markAnswered(services.db, { workspaceId: opened.workspace.id, responseId: opened.invitation.responseId, at: services.clock.now() });
  return saved;
};

const save = async (
  services: Services,
  opened: Opened,
  given: { answers: Answers; isComplete: boolean; responseId: string; flags: readonly string[]; revision: number },
): Promise<{ endingId: string | null }> => {
  const { invitation, survey, workspace } = opened;
  // The question was read in the mail, so the time since then is what answering took.
  const openedAgoMs = Math.min(Math.max(0, services.clock.now().getTime() - (invitation.lastSentAt ?? invitation.createdAt).getTime()), 3_600_000);
  const facts = factsOf(opened);
  const saved = await saveResponse(services, SaveResponseBody.parse({
    ...facts, id: given.responseId, slug: survey.slug, version: opened.version, revision: given.revision, language: opened.language,
    isComplete: given.isComplete, answers: given.answers, openedAgoMs,
    // What a program answered is nobody's.
    ...(given.flags.length > 0 ? {} : { link: await linkOf(services, opened) }),
  }), { address: null, isTrusted: true });
  if (given.flags.length > 0) await flagResponse(services.db, workspace.id, given.responseId, given.flags);
  return saved;
};

/** What every save of this invitation says about where it came from. */
export const factsOf = ({ invitation, distribution }: Opened): { channel: "email" | "text"; source?: string } => {
  const source = SaveResponseBody.shape.source.safeParse(distribution.name.replace(/[<>]/g, "").slice(0, 80)).data;
  return { channel: invitation.channel ?? "email", ...(source === undefined ? {} : { source }) };
};

/** The token that tells the survey who answers; undefined for nobody. */
export const linkOf = async (services: Services, { invitation, survey }: Opened): Promise<string | undefined> => {
  const subject = subjectOf(invitation);
  if (subject === null) return undefined;
  const actor = { kind: "nobody" as const, workspaceId: invitation.workspaceId, memberId: null, role: null, abilities: new Set<string>(), keyId: null };
  const { url } = await createSurveyLink(services, actor, survey.id, { identifier: subject, expiresInDays: 2, isSingleUse: false });
  return new URL(url).searchParams.get("c") ?? undefined;
};

export const subjectOf = (invitation: InvitationRow): string | null => subjectOfAddresses(invitation) ?? invitation.subject;

/** The question to show first to somebody who has answered some already. */
export const placeOf = ({ definition, answers, context }: Opened): string | null => findUnansweredQuestion(definition, answers, context)?.id ?? null;
