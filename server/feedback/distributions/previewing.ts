import { askToContact, countSegment, listSegmentCustomers, normaliseEmail, normalisePhone } from "#customers";
import type { Actor } from "#platform/access";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { AppError } from "#platform/http";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { getSurvey } from "../surveys/surveys.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { channelsOf, isFinalForChannel } from "./channels.rules.ts";
import { composeMail, composeText, subjectOfAddresses, writingFor } from "./composing.ts";
import type { Writing } from "./composing.ts";
import type { DistributionPreview } from "./distributions.contract.ts";
import { getDistribution } from "./distributions.ts";
import { listAddresses } from "./distributions.queries.ts";
import type { DistributionRow } from "./distributions.queries.ts";
import { invitationHtml, invitationText } from "./invitation-mail.page.ts";
import { describeAddresses, isReachable } from "./planning.ts";
import type { Person } from "./planning.ts";
import { lengthOfText } from "./text-length.rules.ts";
import { queueText } from "./texts.ts";

/** People the policy is asked about one by one for a preview; of more, the share speaks for all. */
const LOOKED_MAX = 500;
const EXAMPLES_MAX = 20;

/** What starting a distribution now would do: who would be asked, who not and why, and what would be written. Nothing is sent or noted. */
export const previewDistribution = async (services: Services, actor: Actor, id: string, language: string | null): Promise<DistributionPreview> => {
  const row = await getDistribution(services.db, actor.workspaceId, id);
  const survey = await getSurvey(services, actor, row.surveyId);
  const { people, count } = await readFirstPeople(services.db, row, services.clock.now());
  const outcomes = await judge(services, row, survey, people);
  const reasons = Map.groupBy(outcomes.filter(({ reason }) => reason !== null), ({ reason }) => reason ?? "");
  const writing = await writingOf(services, row, survey, people[0] ?? null, language);
  const mail = writing === null || row.settings.channel === "text" ? null : composeMail(writing);
  const body = writing === null || row.settings.channel === "email" ? null : composeText(writing);
  return {
    people: count, looked: people.length, wouldBeAsked: outcomes.filter(({ reason }) => reason === null).length,
    notAsked: [...reasons].map(([reason, of]) => ({ reason, count: of.length })).sort((one, other) => other.count - one.count),
    examples: outcomes.slice(0, EXAMPLES_MAX),
    mail: mail === null ? null : { subject: mail.subject, html: invitationHtml(mail), text: invitationText(mail) },
    message: body === null ? null : { body, ...lengthOfText(body) },
  };
};

const readFirstPeople = async (db: Queryable, row: DistributionRow, at: Date): Promise<{ people: (Person & { name: string })[]; count: number }> => {
  const { segmentId } = row.settings;
  if (segmentId !== null) {
    return { people: await listSegmentCustomers(db, row.workspaceId, segmentId, { after: null, limit: LOOKED_MAX }), count: await countSegment(db, row.workspaceId, segmentId) };
  }
  const addresses = (await listAddresses(db, row, { after: 0, limit: LOOKED_MAX })).map(({ address }) => address);
  const people = await describeAddresses(db, row.workspaceId, addresses, at);
  return { people: people.map((person, place) => ({ ...person, name: addresses[place] ?? "" })), count: row.addressCount };
};

const judge = async (services: Services, row: DistributionRow, survey: SurveyRow, people: readonly (Person & { name: string })[]): Promise<DistributionPreview["examples"]> => {
  const outcomes: DistributionPreview["examples"] = [];
  for (const person of people) {
    const channels = channelsOf(row.settings.channel, { ...person, deadChannels: [] });
    const shown = { name: person.name, address: (channels[0] === "text" ? person.phone : person.email) ?? person.phone ?? "" };
    if (!isReachable(row.settings.channel, person)) {
      outcomes.push({ ...shown, reason: "no_address", until: null });
      continue;
    }
    let first: { reason: string; until: string | null } | null = null;
    let isAsked = false;
    for (const channel of channels) {
      const decision = await askToContact(services.db, {
        workspaceId: row.workspaceId, customerId: person.customerId, address: channel === "email" ? person.email : person.phone, channel, purpose: "survey",
        kind: row.settings.kind, reference: { type: "survey", id: survey.id, label: survey.name }, isReminder: false, at: services.clock.now(), key: "preview", dryRun: true,
      });
      isAsked = decision.decision === "asked";
      if (decision.decision === "asked") break;
      first ??= { reason: decision.reason, until: decision.until?.toISOString() ?? null };
      if (!isFinalForChannel(decision.reason)) break;
    }
    outcomes.push(isAsked || first === null ? { ...shown, reason: null, until: null } : { ...shown, ...first });
  }
  return outcomes;
};

const writingOf = async (services: Services, row: DistributionRow, survey: SurveyRow, person: Person | null, language: string | null): Promise<Writing | null> => {
  const workspace = await findWorkspace(services.db, row.workspaceId);
  const definition = survey.published ?? survey.draft;
  if (workspace === null || definition.questions.length === 0) return null;
  return writingFor(services.db, {
    workspace, survey, definition, settings: row.settings, distributionName: row.name, isReminder: false, url: `${services.baseUrl()}/s/${survey.slug}`,
    person: { subject: person === null ? null : subjectOfAddresses(person), language: language ?? person?.language ?? null },
  });
};

/** Sends what people would get to one address. Its links lead to the public page and belong to nobody. */
export const sendTest = async (services: Services, actor: Actor, id: string, given: { address: string; language?: string | undefined }): Promise<void> => {
  const row = await getDistribution(services.db, actor.workspaceId, id);
  const survey = await getSurvey(services, actor, row.surveyId);
  const [email, phone] = [normaliseEmail(given.address), normalisePhone(given.address)];
  if (email === null && phone === null) throw new AppError("invalid_input", 400, `"${given.address}" is neither an e-mail address nor a phone number.`);
  const writing = await writingOf(services, row, survey, { customerId: null, email, phone: email === null ? phone : null, language: null, timeZone: null }, given.language ?? null);
  if (writing === null) throw new AppError("invalid_input", 400, "The survey has no question yet.");
  await transaction(services.db, async (tx) => {
    if (email === null && phone !== null) {
      await queueText(tx, { workspaceId: actor.workspaceId, key: `test ${newId()}`, phone, body: composeText(writing), at: services.clock.now() });
      return;
    }
    const mail = composeMail(writing);
    await sendMail(tx, {
      workspaceId: actor.workspaceId, to: email ?? "", subject: `[Test] ${mail.subject}`, text: invitationText(mail), html: invitationHtml(mail),
      fromName: row.settings.email.senderName || writing.workspace.name, ...(row.settings.email.replyTo === null ? {} : { replyTo: row.settings.email.replyTo }),
    });
  });
};
