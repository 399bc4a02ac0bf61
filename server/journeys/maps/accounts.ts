// What one named customer felt and what moved her, step by step: kept beside the map, erased with her.
import { findFamily, getSubject, holdErasuresOff, insertPerceptions, listNamesOfCustomers, withdrawExperience } from "#customers";
import type { Actor } from "#platform/access";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish, publishAll } from "#platform/events";
import { httpErrors, requireAbility } from "#platform/http";
import type { Services } from "#platform/services";
import type { Account, ChangeAccountBody, NewAccountBody } from "./accounts.contract.ts";
import { deleteAccount, eraseCustomerFromMaps, insertAccount, listAccounts, listPerceptionsOfMap, lockAccount, updateAccount, type AccountRow } from "./accounts.queries.ts";
import { lockedMap, nameOf, namesOfMembers, requireMap } from "./found-map.ts";
import { mapErrors } from "./maps.errors.ts";
import type { MapRow } from "./maps.queries.ts";

const ACCOUNTS_MAX = 5_000;

/** @param customerId null: of everybody */
export const listAccountsOf = async (services: Services, workspaceId: string, mapId: string, customerId: string | null): Promise<Account[]> => {
  await requireMap(services.db, workspaceId, mapId);
  const family = customerId === null ? null : await findFamily(services.db, workspaceId, customerId);
  if (customerId !== null && family === null) return [];
  const rows = await listAccounts(services.db, workspaceId, mapId, { customerIds: family?.family ?? null, limit: ACCOUNTS_MAX });
  return shownAll(services.db, workspaceId, rows);
};

/** @throws not_allowed, map_part_unknown, map_customer_unknown, map_account_limit */
export const addAccount = async (services: Services, actor: Actor, mapId: string, given: NewAccountBody): Promise<Account> => {
  requireTimeline(actor);
  const { workspaceId, memberId } = actor;
  const now = services.clock.now();
  const row = await transaction(services.db, async (tx) => {
    const map = await lockedMap(tx, workspaceId, mapId);
    refuseUnknownStep(map, given.stepId);
    const customer = await requireCustomer(tx, workspaceId, given.customerId);
    const { stepId, phase, feeling, motivation, evidence } = given;
    const at = momentOf(given.at, now);
    const account: AccountRow = { id: newId(), customerId: customer.customerId, stepId, phase, feeling, motivation, evidence, at, perceptionId: null, memberId, createdAt: now, changedAt: now };
    const recorded = { ...account, perceptionId: await record(tx, workspaceId, map, account) };
    if (!(await insertAccount(tx, workspaceId, mapId, recorded, ACCOUNTS_MAX))) throw mapErrors.refuse("map_account_limit", `The map has ${ACCOUNTS_MAX} accounts already. Delete some first.`);
    await sayAccounts(tx, workspaceId, map);
    return recorded;
  });
  return shownOne(services.db, workspaceId, row);
};

/** Changes an account. A feeling on the timeline is never rewritten: it is withdrawn, and what she said instead is recorded. */
export const changeAccount = async (services: Services, actor: Actor, mapId: string, id: string, change: ChangeAccountBody): Promise<Account> => {
  requireTimeline(actor);
  const { workspaceId, memberId } = actor;
  const now = services.clock.now();
  const row = await transaction(services.db, async (tx) => {
    const map = await lockedMap(tx, workspaceId, mapId);
    const before = await requireAccount(tx, workspaceId, mapId, id);
    const customer = await requireCustomer(tx, workspaceId, before.customerId);
    if (change.stepId !== undefined) refuseUnknownStep(map, change.stepId);
    const after: AccountRow = {
      ...before, stepId: change.stepId ?? before.stepId, phase: change.phase ?? before.phase, feeling: change.feeling === undefined ? before.feeling : change.feeling,
      motivation: change.motivation ?? before.motivation, evidence: change.evidence ?? before.evidence, at: change.at === undefined ? before.at : momentOf(change.at, now), memberId, changedAt: now,
    };
    const isSaidAlike = factsOf(before) === factsOf(after);
    if (!isSaidAlike) await withdraw(tx, workspaceId, [before.perceptionId]);
    const recorded = { ...after, perceptionId: isSaidAlike ? before.perceptionId : await record(tx, workspaceId, map, { ...after, customerId: customer.customerId }) };
    await updateAccount(tx, workspaceId, mapId, recorded);
    await sayAccounts(tx, workspaceId, map);
    return recorded;
  });
  return shownOne(services.db, workspaceId, row);
};

export const removeAccount = async (services: Services, actor: Actor, mapId: string, id: string): Promise<void> => {
  requireAbility(actor, "customers.write");
  await transaction(services.db, async (tx) => {
    const map = await lockedMap(tx, actor.workspaceId, mapId);
    const { perceptionId } = await requireAccount(tx, actor.workspaceId, mapId, id);
    await deleteAccount(tx, actor.workspaceId, mapId, id);
    await withdraw(tx, actor.workspaceId, [perceptionId]);
    await sayAccounts(tx, actor.workspaceId, map);
  });
};

/** Takes back what a map that is about to be deleted brought onto timelines. */
export const withdrawAccounts = async (tx: Queryable, workspaceId: string, mapId: string): Promise<void> => withdraw(tx, workspaceId, await listPerceptionsOfMap(tx, workspaceId, mapId));

/** Forgets a customer who was erased, and tells the browsers that show a map that knew her. */
export const eraseAccounts = (services: Services, workspaceId: string, customerIds: readonly string[]): Promise<void> =>
  transaction(services.db, async (tx) => {
    const mapIds = await eraseCustomerFromMaps(tx, workspaceId, customerIds);
    await publishAll(tx, mapIds.map((mapId) => ({ name: "map.accounts_changed", workspaceId, payload: { mapId } })));
  });

// Whoever may draw maps has not been trusted by that with names of customers, nor with writing on their timelines.
const requireTimeline = (actor: Actor): void => {
  requireAbility(actor, "customers.read");
  requireAbility(actor, "customers.write");
};

// What a customer told herself is a perception like any other, at the touchpoint of the step; what a member assumed or saw is not hers.
const record = async (tx: Queryable, workspaceId: string, map: MapRow, account: AccountRow): Promise<string | null> => {
  if (account.evidence !== "told" || account.feeling === null) return null;
  const { subject } = await getSubject(tx, workspaceId, account.customerId);
  const step = map.document.steps.find(({ id }) => id === account.stepId);
  const match = step?.matches[0];
  const id = newId();
  await insertPerceptions(tx, workspaceId, [{
    id, subject, interactionId: null, at: account.at.toISOString(), kind: "emotion", value: account.feeling, scaleMin: -2, scaleMax: 2, choice: null, text: null, isInferred: false, modelVersion: null,
    source: "manual", channel: match?.channel ?? null, touchpoint: match?.touchpoint ?? null, stage: null, weight: 1, surveyId: null, responseId: null, importId: null,
    properties: { mapId: map.id, stepId: account.stepId, step: step?.name ?? "", phase: account.phase },
  }]);
  return id;
};

const withdraw = async (tx: Queryable, workspaceId: string, perceptionIds: readonly (string | null)[]): Promise<void> => {
  const ids = perceptionIds.filter((id) => id !== null);
  if (ids.length === 0) return;
  await withdrawExperience(tx, workspaceId, { interactionIds: [], perceptionIds: ids });
  await publish(tx, { name: "experience.withdrawn", workspaceId, payload: { because: "maps" } });
};

const factsOf = ({ stepId, phase, feeling, evidence, at }: AccountRow): string => JSON.stringify([stepId, phase, feeling, evidence, at]);

// Clocks of browsers run ahead by minutes; nobody told anything in the future.
const momentOf = (given: string | undefined, now: Date): Date => (given === undefined || new Date(given) > now ? now : new Date(given));

const sayAccounts = (tx: Queryable, workspaceId: string, map: MapRow): Promise<void> => publish(tx, { name: "map.accounts_changed", workspaceId, payload: { mapId: map.id } });

const refuseUnknownStep = ({ document }: MapRow, stepId: string): void => {
  if (document.steps.some(({ id }) => id === stepId)) return;
  throw mapErrors.refuse("map_part_unknown", "The step this is about is not on the map any more.");
};

/** The customer as known today, who cannot be erased until the transaction ends: between the look and the commit she would stay here for good, as the erasure is told once.
 *  @throws map_customer_unknown */
const requireCustomer = async (tx: Queryable, workspaceId: string, customerId: string): Promise<{ customerId: string }> => {
  await holdErasuresOff(tx, workspaceId);
  const customer = await findFamily(tx, workspaceId, customerId);
  if (customer === null) throw mapErrors.refuse("map_customer_unknown", "There is no such customer in this workspace. Choose another.");
  return customer;
};

const requireAccount = async (tx: Queryable, workspaceId: string, mapId: string, id: string): Promise<AccountRow> => {
  const row = await lockAccount(tx, workspaceId, mapId, id);
  if (row === null) throw httpErrors.refuse("not_found", "There is no such account on this map.");
  return row;
};

const shownOne = async (db: Queryable, workspaceId: string, row: AccountRow): Promise<Account> => {
  const [shown] = await shownAll(db, workspaceId, [row]);
  if (shown === undefined) throw httpErrors.refuse("not_found", "There is no such account on this map.");
  return shown;
};

// Customers are merged after they gave an account: it is shown as of who they are now. Such are few, so they are looked up one by one.
const shownAll = async (db: Queryable, workspaceId: string, rows: readonly AccountRow[]): Promise<Account[]> => {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const present = new Set((await listNamesOfCustomers(db, workspaceId, ids)).map(({ id }) => id));
  const moved = new Map<string, string>();
  for (const id of ids.filter((one) => !present.has(one))) moved.set(id, (await findFamily(db, workspaceId, id))?.customerId ?? id);
  const customers = new Map((await listNamesOfCustomers(db, workspaceId, [...present, ...moved.values()])).map(({ id, name }) => [id, name]));
  const members = await namesOfMembers(db, workspaceId);
  return rows.map((row) => {
    const customerId = moved.get(row.customerId) ?? row.customerId;
    return {
      id: row.id, customerId, customerName: customers.get(customerId) ?? null, stepId: row.stepId, phase: row.phase, feeling: row.feeling, motivation: row.motivation, evidence: row.evidence,
      at: row.at.toISOString(), isOnTimeline: row.perceptionId !== null, memberName: nameOf(row.memberId, members), changedAt: row.changedAt.toISOString(),
    };
  });
};
