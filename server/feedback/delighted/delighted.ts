import { insertInteractions, interactionId, normaliseEmail, normalisePhone, stopContact } from "#customers";
import type { Actor } from "#platform/access";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { lockWorkspace } from "#platform/workspaces";
import { enqueueWork } from "../distributions/distribution-work.ts";
import { DistributionSettings } from "../distributions/distributions.contract.ts";
import { insertDistribution } from "../distributions/distributions.queries.ts";
import { cancelPending, insertInvitations } from "../distributions/invitations.queries.ts";
import { createOpenSurvey } from "../surveys/surveys.ts";
import type { MembershipBody, PersonBody, PersonRow } from "./delighted.contract.ts";
import * as queries from "./delighted.queries.ts";
import type { Project } from "./delighted.queries.ts";
import type { z } from "zod";

export const delightedErrors = defineErrors("delighted", {
  attribute_not_valid: { status: 422, meaning: "Of the Delighted interface: an attribute is missing or not valid; `details` names it." },
  format_not_supported: { status: 406, meaning: "Of the Delighted interface: answers come as JSON only." },
});

/** How often people of an autopilot are asked: every quarter. */
export const AUTOPILOT_SECONDS = 90 * 86_400;

/** The survey these clients ask with: the newest open one about recommending, else one made for them, which a member may change.
 *  What is missing is made: for requests that write. */
export const projectOf = async (services: Services, actor: Actor): Promise<Project> =>
  (await queries.findProject(services.db, actor.workspaceId)) ?? transaction(services.db, (tx) => makeProject(services, tx, actor));

/** The survey whose answers these clients read; null while there is none. Reading makes nothing. */
export const findReadSurvey = async (services: Services, actor: Actor): Promise<string | null> =>
  (await queries.findProject(services.db, actor.workspaceId))?.surveyId ?? queries.findNpsSurvey(services.db, actor.workspaceId);

// Two first requests at once make one project: the second waits for the first.
const makeProject = async (services: Services, tx: Queryable, actor: Actor): Promise<Project> => {
  const { workspaceId } = actor;
  await lockWorkspace(tx, workspaceId);
  const known = await queries.findProject(tx, workspaceId);
  if (known !== null) return known;
  const at = services.clock.now();
  const surveyId = (await queries.findNpsSurvey(tx, workspaceId)) ?? (await createOpenSurvey(tx, actor, { name: "Recommending us", templateId: "relationship", at }));
  const project = { surveyId, distributionId: newId() };
  const settings = DistributionSettings.parse({ channel: "email_then_text", kind: "transactional", schedule: { kind: "api" } });
  await insertDistribution(tx, { workspaceId, id: project.distributionId, surveyId, name: "Delighted clients", settings, createdBy: actor.memberId, at, state: "running" });
  await queries.insertProject(tx, workspaceId, project);
  return project;
};

const wrong = (attribute: string, problem: string) => delightedErrors.refuse("attribute_not_valid", `${attribute} ${problem}`, { [attribute]: [problem] });

/** Writes down a person, puts what is known on the timeline, and asks, unless it was said not to. */
export const createPerson = async (services: Services, actor: Actor, given: PersonBody): Promise<{ person: PersonRow; scheduledAt: Date | null }> => {
  const email = given.email == null ? null : normaliseEmail(given.email);
  const phone = given.phone_number == null ? null : normalisePhone(given.phone_number);
  if (given.email != null && email === null) throw wrong("email", "is not a valid email address");
  if (given.phone_number != null && phone === null) throw wrong("phone_number", "is not a valid phone number");
  if (email === null && phone === null) throw wrong("email", "or phone_number must be given");
  const project = await projectOf(services, actor);
  const now = services.clock.now();
  return transaction(services.db, async (tx) => {
    const properties = given.properties ?? {};
    const person = await queries.upsertPerson(tx, actor.workspaceId, { email, phone, name: given.name ?? null, properties, at: now });
    await noteTraits(tx, actor.workspaceId, { ...person, ...(given.locale == null ? {} : { locale: given.locale }) }, now);
    if (!given.send) return { person, scheduledAt: null };
    const scheduledAt = new Date(now.getTime() + (given.delay ?? 0) * 1000);
    await invite(tx, { workspaceId: actor.workspaceId, project, person, channel: given.channel ?? null, at: now, nextAt: scheduledAt, language: given.locale ?? null });
    return { person, scheduledAt };
  });
};

/** Plans an invitation; the contact policy decides when it is due. */
export const invite = async (
  tx: Queryable,
  given: { workspaceId: string; project: Project; person: PersonRow; channel: "email" | "sms" | null; at: Date; nextAt: Date; language: string | null },
): Promise<void> => {
  const { workspaceId, project, person, channel, nextAt } = given;
  const id = newId();
  await insertInvitations(tx, { workspaceId, id: project.distributionId, surveyId: project.surveyId, wave: 0, at: given.at }, [{
    id, personKey: id, customerId: null, subject: null, email: channel === "sms" ? null : person.email, phone: channel === "email" ? null : person.phone,
    language: given.language, timeZone: null, nextAt, reason: null, responseId: crypto.randomUUID(),
  }]);
  await enqueueWork(tx, { workspaceId, id: project.distributionId }, nextAt);
};

const noteTraits = async (tx: Queryable, workspaceId: string, person: PersonRow & { locale?: string }, at: Date): Promise<void> => {
  const traits = {
    ...person.properties, ...(person.name === null ? {} : { name: person.name }), ...(person.email === null ? {} : { email: person.email }),
    ...(person.phone === null ? {} : { phone: person.phone }), ...(person.locale === undefined ? {} : { locale: person.locale }),
  };
  const messageId = `delighted:${person.id}:${JSON.stringify(traits)}`;
  const moment = at.toISOString();
  await insertInteractions(tx, workspaceId, [{
    id: interactionId(workspaceId, messageId), messageId: messageId.slice(0, 300), type: "identify", name: "identify",
    subject: person.email !== null ? `email:${person.email}` : `phone:${person.phone}`, userId: null, anonymousId: null, at: moment, receivedAt: moment, sentAt: null, originalAt: null,
    channel: null, touchpoint: null, stage: null, direction: "customer", source: "segment", importId: null, memberId: null, message: JSON.stringify({ traits }),
  }]);
};

/** A person named by number, "email:…" or "phone_number:…". */
export const findNamed = (db: Queryable, workspaceId: string, name: string): Promise<PersonRow | null> => {
  const [, kind, value = ""] = /^(email|phone_number):(.*)$/.exec(name) ?? [];
  if (kind === "email") return findByAddress(db, workspaceId, { email: value });
  if (kind === "phone_number") return findByAddress(db, workspaceId, { phone: value });
  return /^\d{1,15}$/.test(name) ? queries.findPerson(db, workspaceId, { id: Number(name) }) : Promise.resolve(null);
};

const findByAddress = async (db: Queryable, workspaceId: string, given: { email?: string; phone?: string }): Promise<PersonRow | null> => {
  const email = normaliseEmail(given.email ?? "");
  const phone = normalisePhone(given.phone ?? "");
  return email === null && phone === null ? null : queries.findPerson(db, workspaceId, { ...(email === null ? {} : { email }), ...(phone === null ? {} : { phone }) });
};

/** The person is forgotten under this interface and asked no more. What they answered stays with the customer, who is erased in the profile. */
export const removePerson = async (services: Services, actor: Actor, person: PersonRow): Promise<void> => {
  await cancelFor(services, actor, person.email ?? person.phone ?? "");
  await queries.deletePerson(services.db, actor.workspaceId, person.id);
};

export const cancelFor = async (services: Services, actor: Actor, address: string): Promise<void> => {
  const project = await queries.findProject(services.db, actor.workspaceId);
  if (project !== null) await cancelPending(services.db, actor.workspaceId, project.distributionId, normaliseEmail(address) ?? normalisePhone(address) ?? "");
};

/** @throws attribute_not_valid when the address is none */
export const unsubscribePerson = async (services: Services, actor: Actor, address: string): Promise<void> => {
  const email = normaliseEmail(address);
  if (email === null) throw wrong("person_email", "is not a valid email address");
  await transaction(services.db, async (tx) => {
    const at = services.clock.now();
    const person = await queries.upsertPerson(tx, actor.workspaceId, { email, phone: null, name: null, properties: {}, at });
    await queries.markUnsubscribed(tx, actor.workspaceId, person.id, at);
    await stopContact(tx, { workspaceId: actor.workspaceId, customerId: null, address: email, channel: "email", source: "delighted_client", at });
  });
  await cancelFor(services, actor, email);
};

/** Whom a membership is about.
 *  @throws attribute_not_valid when nobody is known by it */
export const personOfMembership = async (services: Services, actor: Actor, given: z.infer<typeof MembershipBody>): Promise<PersonRow> => {
  const found = given.person_id != null
    ? await queries.findPerson(services.db, actor.workspaceId, { id: given.person_id })
    : await findByAddress(services.db, actor.workspaceId, { ...(given.person_email == null ? {} : { email: given.person_email }), ...(given.person_phone_number == null ? {} : { phone: given.person_phone_number }) });
  if (found === null) throw wrong("person", "is not known; create it first");
  return found;
};

/** Asks people of autopilots whose time has come.
 *  @returns how many; call again until it is 0 */
export const askDueMembers = (services: Services, limit: number): Promise<number> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const due = await queries.takeDueMemberships(tx, { now, nextAt: new Date(now.getTime() + AUTOPILOT_SECONDS * 1000), limit });
    for (const { workspaceId, platform, personId } of due) {
      const [project, person] = [await queries.findProject(tx, workspaceId), await queries.findPerson(tx, workspaceId, { id: personId })];
      if (project !== null && person !== null) await invite(tx, { workspaceId, project, person, channel: platform, at: now, nextAt: now, language: null });
    }
    return due.length;
  });
