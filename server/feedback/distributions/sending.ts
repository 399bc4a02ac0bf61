import { askToContact, findContactOf, findOwners, isInSegment, isOutsideReason } from "#customers";
import type { ContactDecision } from "#customers";
import { signText } from "#platform/auth";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { addressOf, bounceAddress, sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { Workspace } from "#platform/workspaces";
import { standingFor } from "../responses/open-surveys.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { announce, takeBackFor } from "./announcing.ts";
import { composeMail, composeText, subjectOfAddresses, urlOf, writingFor } from "./composing.ts";
import type { Writing } from "./composing.ts";
import { channelsOf, isFinalForChannel } from "./channels.rules.ts";
import { shareDistribution } from "./distributions.queries.ts";
import type { DistributionRow } from "./distributions.queries.ts";
import { invitationHtml, invitationText } from "./invitation-mail.page.ts";
import { lockDueInvitation, updateInvitation } from "./invitations.queries.ts";
import type { InvitationRow } from "./invitations.queries.ts";
import { noteNotAsked } from "./not-asked.ts";
import { queueText } from "./texts.ts";
import { askedAt, hoursOf } from "./sending-times.ts";
import { bounceMarkOf, signedText } from "./tokens.rules.ts";

const DAY_MS = 86_400_000;
const UNKNOWN_RETRY_MS = 15_000;
const UNKNOWN_MS_MAX = 5 * 60_000;
const TRIES_MAX = 60;

type Ending = { tx: Queryable; now: Date; distribution: DistributionRow; survey: Pick<SurveyRow, "name"> | null };
type Sending = { services: Services; tx: Queryable; now: Date; distribution: DistributionRow; workspace: Workspace; survey: SurveyRow; definition: SurveyDefinition };

/** Sends the next due invitation or reminder of a distribution, or writes down why not. One transaction: decision, mail and state come together
 *  or not at all, so a server that dies in between leaves nothing half done.
 *  @returns false when none is due that another worker has not taken */
export const sendNext = (services: Services, workspaceId: string, distributionId: string): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    // Held until the end of the transaction, so that nothing leaves once a pause was answered.
    const distribution = await shareDistribution(tx, workspaceId, distributionId);
    if (distribution === null || distribution.state !== "running") return false;
    const due = await lockDueInvitation(tx, distributionId, now);
    if (due === null) return false;
    const workspace = await findWorkspace(tx, workspaceId);
    const survey = await findSurvey(tx, workspaceId, due.surveyId);
    const settings = readSettings(survey?.settings);
    const standing = survey === null ? "unknown" : await standingFor(tx, { ...survey, settings }, now);
    if (workspace === null || survey === null || survey.published === null || standing === "closed" || standing === "unknown") {
      await end({ tx, now, distribution, survey }, due, "survey_closed");
      return true;
    }
    if (standing === "not_yet" && settings.opensAt !== null) {
      await updateInvitation(tx, { ...due, nextAt: new Date(settings.opensAt) });
      return true;
    }
    await send({ services, tx, now, distribution, workspace, survey, definition: survey.published }, due);
    return true;
  });

/** An invitation that cannot go on: one never sent is not asked, a reminder is left out. */
const end = async ({ tx, now, distribution, survey }: Ending, row: InvitationRow, reason: string): Promise<void> => {
  if (row.state !== "planned") return updateInvitation(tx, { ...row, nextAt: null });
  await updateInvitation(tx, { ...row, state: "not_asked", reason, nextAt: null });
  // What the contact policy decided stands in its ledger already.
  if (isOutsideReason(reason)) await noteNotAsked(tx, distribution, { reason, surveyName: survey?.name ?? "", at: now }, [row]);
  await takeBackFor(tx, distribution, row.customerId);
};

const send = async (sending: Sending, due: InvitationRow): Promise<void> => {
  const { tx, now } = sending;
  const row = await withPerson(sending, due);
  if (row === null) return;
  if (row.answeredAt !== null || row.unsubscribedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) {
    return end(sending, row, "answered");
  }
  const opens = row.step === 0 ? askedAt(now, zoneOf(sending, row), hoursOf(sending.distribution.settings)) : now;
  // Who it is and how to reach them is looked up anew then.
  if (opens > now) return updateInvitation(tx, { ...due, nextAt: opens });
  const channels = channelsOf(sending.distribution.settings.channel, row);
  const first = channels[0];
  if (first === undefined) return end(sending, row, row.deadChannels.length === 0 ? "no_address" : "bounced");
  let refused: Extract<ContactDecision, { decision: "not_asked" }> | null = null;
  for (const channel of channels) {
    const decision = await ask(sending, row, channel);
    if (decision.decision === "asked") return dispatch(sending, row, channel);
    refused ??= decision;
    // Another way does not help when it is about the person: too often, not now, not at all.
    if (!isFinalForChannel(decision.reason)) break;
  }
  if (refused !== null) await putOff(sending, row, refused);
};

const zoneOf = ({ workspace }: Sending, row: InvitationRow): string => row.timeZone ?? workspace.timeZone;

/** Quiet hours are waited for, and the end of a complaint, where it is known and comes soon enough; every other refusal is kept as the reason
 *  why this person was not asked. */
const putOff = async (sending: Sending, row: InvitationRow, refused: Extract<ContactDecision, { decision: "not_asked" }>): Promise<void> => {
  const { tx, now, distribution } = sending;
  const until = refused.until ?? new Date(now.getTime() + 3_600_000);
  const isSoon = until.getTime() < row.createdAt.getTime() + distribution.settings.expiresAfterDays * DAY_MS;
  const isPassing = refused.reason === "quiet_hours" || (refused.reason === "open_complaint" && refused.until !== null && isSoon);
  if (!isPassing || row.tries >= TRIES_MAX) return end(sending, row, refused.reason);
  const nextAt = askedAt(until > now ? until : new Date(now.getTime() + 60_000), zoneOf(sending, row), hoursOf(distribution.settings));
  await updateInvitation(tx, { ...row, tries: row.tries + 1, nextAt });
  if (row.state === "planned") await announce(tx, distribution, [{ customerId: row.customerId, dueAt: nextAt }]);
};

const ask = ({ tx, now, distribution, survey }: Sending, row: InvitationRow, channel: "email" | "text"): Promise<ContactDecision> =>
  askToContact(tx, {
    workspaceId: row.workspaceId, customerId: row.customerId, address: channel === "email" ? row.email : row.phone, channel, purpose: "survey",
    kind: distribution.settings.kind, reference: { type: "survey", id: survey.id, label: survey.name }, // The second way of the same invitation is no second contact.
    isReminder: row.step > 0 || row.sentAt !== null, at: now,
    key: ["invitation", row.id, row.step, row.tries, channel, ...row.deadChannels.map((way) => `after ${way}`)].join(" "),
  });

/** Whoever triggered the invitation, as known now; null when that has to wait or nobody is known, which is then written down. */
const withPerson = async (sending: Sending, row: InvitationRow): Promise<InvitationRow | null> => {
  const { tx, now, distribution } = sending;
  if (row.subject === null || row.customerId !== null) return row;
  const [owner] = await findOwners(tx, [{ workspaceId: row.workspaceId, subject: row.subject, at: now }]);
  const contact = owner?.customerId == null ? null : await findContactOf(tx, row.workspaceId, owner.customerId);
  if (contact === null || (contact.email === null && contact.phone === null)) {
    const mayCome = now.getTime() - row.createdAt.getTime() < UNKNOWN_MS_MAX;
    await (mayCome ? updateInvitation(tx, { ...row, nextAt: new Date(now.getTime() + UNKNOWN_RETRY_MS) }) : end(sending, row, "no_address"));
    return null;
  }
  const known = { ...row, customerId: contact.customerId, email: contact.email, phone: contact.phone, language: contact.language, timeZone: contact.timeZone };
  const { segmentId } = distribution.settings;
  if (segmentId === null || (await isInSegment(tx, row.workspaceId, segmentId, contact.customerId))) return known;
  await end(sending, known, "not_in_segment");
  return null;
};

const dispatch = async (sending: Sending, row: InvitationRow, channel: "email" | "text"): Promise<void> => {
  const { services, tx, now, distribution, workspace, survey, definition } = sending;
  const { settings } = distribution;
  const writing = await writingFor(tx, {
    workspace, survey, definition, settings, distributionName: distribution.name, isReminder: row.step > 0, url: urlOf(services, workspace, row.id),
    person: { subject: row.subject ?? subjectOfAddresses(row), language: row.language },
  });
  const key = `invitation ${row.id} ${row.step} ${channel}`;
  const mailId = channel === "email" ? await postMail(services, tx, { writing, row, key }) : row.mailId;
  const textId = channel === "text" && row.phone !== null ? await queueText(tx, { workspaceId: row.workspaceId, key, phone: row.phone, body: composeText(writing), at: now }) : row.textId;
  const step = row.step + 1;
  const isMore = step <= settings.reminders.count;
  await updateInvitation(tx, {
    ...row, state: "sent", channel, step, tries: 0, mailId, textId, reason: null, sentAt: row.sentAt ?? now, lastSentAt: now, deliveredAt: row.deliveredAt,
    expiresAt: row.expiresAt ?? new Date(now.getTime() + settings.expiresAfterDays * DAY_MS),
    nextAt: isMore ? new Date(now.getTime() + settings.reminders.afterDays * DAY_MS) : null,
  });
};

const postMail = async (services: Services, tx: Queryable, { writing, row, key }: { writing: Writing; row: InvitationRow; key: string }): Promise<string | null> => {
  const mail = composeMail(writing);
  const { settings, workspace } = writing;
  const { mailFrom, mailBounces } = services.config;
  const mark = bounceMarkOf(row.id, signText(workspace.secret, signedText(row.id)));
  return sendMail(tx, {
    workspaceId: row.workspaceId, to: row.email ?? "", subject: mail.subject, text: invitationText(mail), html: invitationHtml(mail),
    fromName: settings.email.senderName || workspace.name, ...(settings.email.replyTo === null ? {} : { replyTo: settings.email.replyTo }),
    returnPath: bounceAddress(mailBounces, mark), messageId: `<${row.id}.${row.step}@${addressOf(mailFrom).split("@")[1] ?? "localhost"}>`, key,
    headers: {
      "List-Unsubscribe": `<${mail.urls.unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated",
      "Content-Language": writing.language,
    },
  });
};
