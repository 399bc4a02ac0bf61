import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { listMembers } from "#people";
import { guessKind, plainWords } from "./guess.rules.ts";
import { countTried } from "./matching.rules.ts";
import { forgetNaming } from "./naming.ts";
import type {
  ChangeTouchpointBody, CreateTouchpointBody, ListedTouchpoint, MatchingRule, Proposal, Touchpoint, TouchpointSeen,
} from "./touchpoints.contract.ts";
import { deleteTouchpoint, insertTouchpoint, listSeenTouchpoints, listTouchpoints, lockRegister, raiseVersion, updateOrder, updateTouchpoint } from "./touchpoints.queries.ts";
import type { SeenRow, TouchpointRow } from "./touchpoints.queries.ts";
import { evidenceOf, keyFor, usualNature } from "./touchpoints.rules.ts";

export const touchpointErrors = defineErrors("touchpoints", {
  touchpoint_exists: { status: 409, meaning: "The register has a touchpoint of this name already, under its present or a former name." },
  touchpoint_order_wrong: { status: 409, meaning: "The order does not hold every touchpoint exactly once. Load the register again." },
  touchpoint_limit: { status: 409, meaning: "The register holds 500 touchpoints at most. Remove one first." },
  touchpoint_rules_limit: { status: 409, meaning: "The rules of all touchpoints together hold 5,000 conditions at most. Shorten some first; names without stars, types and channels of one rule count once together." },
  touchpoint_owner_unknown: { status: 409, meaning: "The owner is no member of this workspace." },
});

const TOUCHPOINTS_MAX = 500;
// Every fact that comes in is compared with the rules, for as long as they stand: this many took 0.2 to 0.8 ms a fact, most where patterns begin with a star.
const CONDITIONS_MAX = 5_000;
const FORMER_NAMES_MAX = 20;

/** The register in its order, with what was seen of each in the last days. */
export const listWithSeen = async (services: Services, workspaceId: string, days: number): Promise<ListedTouchpoint[]> => {
  const rows = await listTouchpoints(services.db, workspaceId);
  const seen = new Map((await seenSince(services, workspaceId, days, rows)).map((row) => [row.touchpoint, row]));
  return rows.map((row) => ({ ...shown(row), seen: seenOf(seen.get(row.name)) }));
};

/** Touchpoints that were met in the last days and stand in no register, those with most meetings first. */
export const listProposals = async (services: Services, workspaceId: string, days: number): Promise<Proposal[]> => {
  const rows = await listTouchpoints(services.db, workspaceId);
  const taken = takenNames(rows);
  const seen = await seenSince(services, workspaceId, days, rows);
  return seen
    .filter((row) => !taken.has(plainWords(row.touchpoint)))
    .slice(0, 100)
    .map((row) => ({ name: row.touchpoint, channel: row.channel, stage: row.stage, kind: guessKind(row.touchpoint), seen: seenOf(row) }));
};

export const getTouchpoint = async (services: Services, workspaceId: string, id: string): Promise<Touchpoint> =>
  shown(find(await listTouchpoints(services.db, workspaceId), id));

/** Adds a touchpoint at the end of the register. */
export const createTouchpoint = (services: Services, actor: Actor, given: CreateTouchpointBody): Promise<Touchpoint> =>
  changeRegister(services, actor, async (tx, rows) => {
    if (rows.length >= TOUCHPOINTS_MAX) throw touchpointErrors.refuse("touchpoint_limit", `The register holds ${TOUCHPOINTS_MAX} touchpoints already.`);
    refuseTaken(rows, given.name, null);
    refuseLongRules(rows, given.rules, []);
    await refuseStranger(tx, actor.workspaceId, given.ownerId);
    const now = services.clock.now();
    const row: TouchpointRow = {
      ...given, nature: given.nature ?? usualNature(given.kind), id: newId(), key: keyFor(given.name, new Set(rows.map(({ key }) => key))), formerNames: [],
      position: (rows.at(-1)?.position ?? 0) + 1, createdAt: now, updatedAt: now,
    };
    await insertTouchpoint(tx, actor.workspaceId, row);
    return { result: shown(row), action: "touchpoint.created", subject: row.id, isRenaming: true };
  });

/** Changes a touchpoint. A former name keeps leading to it, so that what senders still call it stays in place. */
export const changeTouchpoint = (services: Services, actor: Actor, id: string, change: ChangeTouchpointBody): Promise<Touchpoint> =>
  changeRegister(services, actor, async (tx, rows) => {
    const before = find(rows, id);
    if (change.name !== undefined) refuseTaken(rows, change.name, id);
    if (change.rules !== undefined) refuseLongRules(rows, change.rules, before.rules);
    await refuseStranger(tx, actor.workspaceId, change.ownerId ?? null);
    const row: TouchpointRow = { ...before, ...given(change), formerNames: formerNames(before, change.name ?? before.name), updatedAt: services.clock.now() };
    await updateTouchpoint(tx, actor.workspaceId, row);
    return { result: shown(row), action: "touchpoint.changed", subject: id, isRenaming: namesDifferently(before, row) };
  });

export const removeTouchpoint = (services: Services, actor: Actor, id: string): Promise<void> =>
  changeRegister(services, actor, async (tx, rows) => {
    find(rows, id);
    await deleteTouchpoint(tx, actor.workspaceId, id);
    return { result: undefined, action: "touchpoint.removed", subject: id, isRenaming: true };
  });

/** Puts the register into another order: where several touchpoints match, the first one wins. */
export const orderTouchpoints = (services: Services, actor: Actor, ids: readonly string[]): Promise<void> =>
  changeRegister(services, actor, async (tx, rows) => {
    const present = new Set(rows.map((row) => row.id));
    if (ids.length !== rows.length || new Set(ids).size !== ids.length || !ids.every((id) => present.has(id))) {
      throw touchpointErrors.refuse("touchpoint_order_wrong", "The order must hold every touchpoint of the register exactly once. Load it again.");
    }
    await updateOrder(tx, actor.workspaceId, ids);
    return { result: undefined, action: "touchpoint.ordered", subject: actor.workspaceId, isRenaming: true };
  });

type Changed<Result> = { result: Result; action: string; subject: string; isRenaming: boolean };

// Every change happens under one lock and names the past anew, in a job: a million interactions take a while.
const changeRegister = async <Result>(
  services: Services, actor: Actor, change: (tx: Queryable, rows: TouchpointRow[]) => Promise<Changed<Result>>,
): Promise<Result> => {
  const { workspaceId } = actor;
  const { result } = await transaction(services.db, async (tx) => {
    await lockRegister(tx, workspaceId);
    const changed = await change(tx, await listTouchpoints(tx, workspaceId));
    await recordAudit(tx, actor, { action: changed.action, subject: changed.subject });
    await publish(tx, { name: "touchpoints.changed", workspaceId, payload: {} });
    if (changed.isRenaming) {
      await raiseVersion(tx, workspaceId);
      await enqueue(tx, "touchpoints.rename", { workspaceId }, { queue: `touchpoints.rename ${workspaceId}` });
    }
    return changed;
  });
  forgetNaming(workspaceId);
  return result;
};

const find = (rows: readonly TouchpointRow[], id: string): TouchpointRow => {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw httpErrors.refuse("not_found", "There is no such touchpoint in this workspace.");
  return row;
};

// A field left out stays; the compiler wants to be shown that none is undefined.
const given = (change: ChangeTouchpointBody): Partial<TouchpointRow> => ({
  ...(change.name === undefined ? {} : { name: change.name }),
  ...(change.kind === undefined ? {} : { kind: change.kind }),
  ...(change.stage === undefined ? {} : { stage: change.stage }),
  ...(change.channel === undefined ? {} : { channel: change.channel }),
  ...(change.ownerId === undefined ? {} : { ownerId: change.ownerId }),
  ...(change.initiator === undefined ? {} : { initiator: change.initiator }),
  ...(change.team === undefined ? {} : { team: change.team }),
  ...(change.nature === undefined ? {} : { nature: change.nature }),
  ...(change.environment === undefined ? {} : { environment: change.environment }),
  ...(change.asks === undefined ? {} : { asks: change.asks }),
  ...(change.steps === undefined ? {} : { steps: change.steps }),
  ...(change.minutes === undefined ? {} : { minutes: change.minutes }),
  ...(change.documents === undefined ? {} : { documents: change.documents }),
  ...(change.rules === undefined ? {} : { rules: change.rules }),
});

const formerNames = (before: TouchpointRow, name: string): string[] =>
  (name === before.name ? before.formerNames : [...before.formerNames, before.name])
    .filter((former, index, all) => plainWords(former) !== plainWords(name) && all.indexOf(former) === index)
    .slice(-FORMER_NAMES_MAX);

const namesDifferently = (before: TouchpointRow, after: TouchpointRow): boolean =>
  before.name !== after.name || before.stage !== after.stage || before.channel !== after.channel || before.environment !== after.environment ||
  JSON.stringify(before.rules) !== JSON.stringify(after.rules);

const takenNames = (rows: readonly TouchpointRow[]): ReadonlySet<string> =>
  new Set(rows.flatMap((row) => [row.name, row.key, ...row.formerNames]).map(plainWords));

const refuseTaken = (rows: readonly TouchpointRow[], name: string, exceptId: string | null): void => {
  if (!takenNames(rows.filter((row) => row.id !== exceptId)).has(plainWords(name))) return;
  throw touchpointErrors.refuse("touchpoint_exists", `The register has a touchpoint "${name}" already, or had one of that name.`);
};

// A register that holds more already can still be shortened bit by bit.
const refuseLongRules = (rows: readonly TouchpointRow[], after: readonly MatchingRule[], before: readonly MatchingRule[]): void => {
  const added = countTried(after) - countTried(before);
  if (added <= 0 || countTried(rows.flatMap(({ rules }) => rules)) + added <= CONDITIONS_MAX) return;
  throw touchpointErrors.refuse("touchpoint_rules_limit", `With this the rules of all touchpoints would hold more than ${CONDITIONS_MAX} conditions. Shorten some first.`);
};

const refuseStranger = async (tx: Queryable, workspaceId: string, ownerId: string | null): Promise<void> => {
  if (ownerId === null || (await listMembers(tx, workspaceId)).some((member) => member.id === ownerId)) return;
  throw touchpointErrors.refuse("touchpoint_owner_unknown", "The owner is no member of this workspace. Choose another.");
};

const seenSince = (services: Services, workspaceId: string, days: number, rows: readonly TouchpointRow[]): Promise<SeenRow[]> =>
  listSeenTouchpoints(services.analytics, workspaceId, new Date(services.clock.now().getTime() - days * 86_400_000), rows.map(({ name }) => name));

const seenOf = (row: SeenRow | undefined): TouchpointSeen =>
  row === undefined
    ? { interactions: 0, customers: 0, scores: 0, feeling: null, lastAt: null, evidence: "assumption" }
    : { interactions: row.interactions, customers: row.customers, scores: row.scores, feeling: row.feeling, lastAt: new Date(row.lastAt).toISOString(), evidence: evidenceOf(row.interactions, row.scores) };

const shown = (row: TouchpointRow): Touchpoint => ({ ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() });
