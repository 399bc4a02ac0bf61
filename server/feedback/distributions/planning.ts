import { countSegment, findContactOf, findOwners, listArrivals, listSegmentCustomers, normaliseEmail, normalisePhone } from "#customers";
import type { CustomerContact } from "#customers";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { findSurvey } from "../surveys/surveys.queries.ts";
import { announce } from "./announcing.ts";
import type { DistributionSettings } from "./distributions.contract.ts";
import { advanceWave, insertWave, listAddresses, lockDistribution, lockUnplannedWave, updateDistribution } from "./distributions.queries.ts";
import type { DistributionRow } from "./distributions.queries.ts";
import { insertInvitations } from "./invitations.queries.ts";
import type { NewInvitation } from "./invitations.queries.ts";
import { noteNotAsked } from "./not-asked.ts";
import { createDrip, nextWave } from "./sending-times.ts";

/** People planned in one transaction: what is in memory at once, and what is planned again after a crash. */
const PAGE = 500;
const ARRIVALS_PAGE = 2_000;
// What happened longer ago than this when it arrives (a phone that was offline for days) asks nobody any more.
const TRIGGER_AGE_MS = 2 * 86_400_000;
const IDENTITY_MS = 2_000;

/** Whether any way of a channel reaches these addresses. */
export const isReachable = (channel: DistributionSettings["channel"], { email, phone }: { email: string | null; phone: string | null }): boolean =>
  channel === "email" ? email !== null : channel === "text" ? phone !== null : email !== null || phone !== null;

/** Begins the next wave when its time has come.
 *  @returns whether there is one to plan now */
export const beginWave = (services: Services, workspaceId: string, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    const row = await lockDistribution(tx, workspaceId, id);
    if (row === null || row.state !== "running" || row.nextWaveAt === null || row.nextWaveAt > now) return;
    const number = row.wave + 1;
    const people = row.settings.segmentId === null ? row.addressCount : await countSegment(tx, workspaceId, row.settings.segmentId);
    await insertWave(tx, row, { number, beginsAt: now, people });
    await updateDistribution(tx, { ...row, wave: number, nextWaveAt: nextWave(row.settings.schedule, row.nextWaveAt, now), at: now });
  });

/** Plans the next people of a wave that is not planned yet.
 *  @returns false when there is nothing more to plan, or another worker is at it */
export const planPage = (services: Services, workspaceId: string, id: string): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const row = await lockDistribution(tx, workspaceId, id);
    const wave = row === null || row.state !== "running" ? null : await lockUnplannedWave(tx, { workspaceId, id });
    if (wave === null || row === null) return false;
    const now = services.clock.now();
    const page = await readPeople(tx, row, { position: wave.position, at: now });
    const zone = (await findWorkspace(tx, workspaceId))?.timeZone ?? "UTC";
    const { drip, channel } = row.settings;
    const place = drip === null ? null : createDrip(drip, { begins: wave.beginsAt, people: wave.people });
    let planned = wave.planned;
    const rows = page.people.map((person): NewInvitation => {
      const isReached = isReachable(channel, person);
      const nextAt = !isReached ? null : place === null ? now : place(planned, person.timeZone ?? zone);
      if (isReached) planned += 1;
      return {
        id: newId(), personKey: person.customerId ?? person.email ?? person.phone ?? newId(), customerId: person.customerId, subject: null, email: person.email, phone: person.phone,
        language: person.language, timeZone: person.timeZone, nextAt, reason: isReached ? null : "no_address", responseId: crypto.randomUUID(),
      };
    });
    await insertInvitations(tx, { workspaceId, id, surveyId: row.surveyId, wave: wave.number, at: now }, rows);
    const unreached = rows.filter(({ reason }) => reason !== null);
    if (unreached.length > 0) await noteNotAsked(tx, row, { reason: "no_address", surveyName: (await findSurvey(tx, workspaceId, row.surveyId))?.name ?? "", at: now }, unreached);
    await announce(tx, row, rows.flatMap(({ customerId, nextAt }) => (nextAt === null || nextAt <= now ? [] : [{ customerId, dueAt: nextAt }])));
    await advanceWave(tx, row, { number: wave.number, planned, position: page.position, isPlanned: page.isEnd });
    return !page.isEnd;
  });

export type Person = Omit<CustomerContact, "customerId" | "name"> & { customerId: string | null };

/** The next people a distribution asks.
 *  @param page `position` is where the page before ended, null for the first; `at` says whose an address is */
export const readPeople = async (tx: Queryable, row: DistributionRow, page: { position: string | null; at: Date }): Promise<{ people: Person[]; position: string | null; isEnd: boolean }> => {
  if (row.settings.segmentId !== null) {
    const people = await listSegmentCustomers(tx, row.workspaceId, row.settings.segmentId, { after: page.position, limit: PAGE });
    return { people, position: people.at(-1)?.customerId ?? page.position, isEnd: people.length < PAGE };
  }
  const found = await listAddresses(tx, row, { after: Number(page.position ?? 0), limit: PAGE });
  const people = await describeAddresses(tx, row.workspaceId, found.map(({ address }) => address), page.at);
  return { people, position: String(found.at(-1)?.position ?? page.position ?? 0), isEnd: found.length < PAGE };
};

/** Addresses with the customers they belong to, where somebody is known by them. */
export const describeAddresses = async (db: Queryable, workspaceId: string, addresses: readonly string[], at: Date): Promise<Person[]> => {
  const people = addresses.map((address) => ({ email: normaliseEmail(address), phone: normaliseEmail(address) === null ? normalisePhone(address) : null }));
  const owners = await findOwners(db, people.map(({ email, phone }) => ({ workspaceId, at, subject: email !== null ? `email:${email}` : phone !== null ? `phone:${phone}` : null })));
  const known = new Map<string, CustomerContact | null>();
  for (const { customerId } of owners) if (customerId !== null && !known.has(customerId)) known.set(customerId, await findContactOf(db, workspaceId, customerId));
  return people.map(({ email, phone }, place): Person => {
    const contact = known.get(owners[place]?.customerId ?? "") ?? null;
    return {
      customerId: contact?.customerId ?? null, email: email ?? (phone === null ? null : (contact?.email ?? null)), phone: phone ?? contact?.phone ?? null,
      language: contact?.language ?? null, timeZone: contact?.timeZone ?? null,
    };
  });
};

/** Plans whom the next arrived interactions trigger.
 *  @returns false when everything that has arrived was looked at */
export const planTriggered = (services: Services, workspaceId: string, id: string): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const row = await lockDistribution(tx, workspaceId, id, false);
    if (row === null || row.state !== "running" || row.settings.schedule.kind !== "triggered") return false;
    const { schedule } = row.settings;
    const arrivals = await listArrivals(tx, workspaceId, {
      name: schedule.interaction, touchpoint: schedule.touchpoint, after: { xid: row.readXid ?? "0", seq: row.readSeq ?? 0 }, limit: ARRIVALS_PAGE,
    });
    if (arrivals.isEnd) return false;
    const now = services.clock.now();
    const fresh = arrivals.items.filter(({ at, subject }) => subject !== null && now.getTime() - at.getTime() < TRIGGER_AGE_MS);
    const rows = fresh.map(({ id: arrivalId, subject, at }): NewInvitation => {
      // Who this is may take the identities a moment to find out; in whose hours it is asked, is seen when it is due.
      const nextAt = new Date(Math.max(at.getTime() + schedule.delayMinutes * 60_000, now.getTime() + IDENTITY_MS));
      return { id: newId(), personKey: arrivalId, customerId: null, subject, email: null, phone: null, language: null, timeZone: null, nextAt, reason: null, responseId: crypto.randomUUID() };
    });
    await insertInvitations(tx, { workspaceId, id, surveyId: row.surveyId, wave: 0, at: now }, rows);
    await updateDistribution(tx, { ...row, readXid: arrivals.position.xid, readSeq: arrivals.position.seq, at: now });
    return true;
  });
