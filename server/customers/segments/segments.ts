import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Db, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { getCustomer } from "../profiles/customer-detail.ts";
import { describeContacts, type CustomerContact } from "./segment-customers.ts";
import type { PreparedRule } from "./segment-conditions.queries.ts";
import { listUses } from "./segment-uses.ts";
import { listedIn, listNamed, prepareRule, ruleOf } from "./segment-rule.ts";
import type { ChangedSegment, NewSegment, Segment, SegmentReasons, SegmentRule } from "./segments.contract.ts";
import { segmentsErrors } from "./segments.errors.ts";
import * as queries from "./segments.queries.ts";
import { byFrequency } from "./touchpoint-names.rules.ts";
import type { StoredSegment } from "./segments.queries.ts";

// Longer nobody waits at a screen; whoever sends to a segment pages through it without these limits.
const STATEMENT_MS = 20_000;
const PREVIEW_COUNT_MS = 4000;
const QUERY_CANCELLED = "57014";

/** @throws segment_unknown */
export const getSegment = async (db: Queryable, workspaceId: string, id: string): Promise<StoredSegment> => {
  const found = await queries.findStoredSegment(db, workspaceId, id);
  if (found === null) throw segmentsErrors.refuse("segment_unknown", "There is no such list or segment here. It may have been deleted.", { segmentId: id });
  return found;
};

export const createSegment = async (services: Services, actor: Actor, given: NewSegment): Promise<StoredSegment> =>
  transaction(services.db, async (tx) => {
    const rule = given.kind === "live" ? given.rule : null;
    if (rule !== null) await checkLists(tx, actor.workspaceId, rule);
    const id = newId();
    await queries.insertSegment(tx, { id, workspaceId: actor.workspaceId, name: given.name, description: given.description, kind: given.kind, rule, story: given.story, at: services.clock.now(), memberId: actor.memberId });
    await tellSegment(tx, actor, "segment.created", id, { name: given.name });
    return getSegment(tx, actor.workspaceId, id);
  });

/** @throws segment_unknown, segment_not_live when a contact list is given a rule */
export const changeSegment = async (services: Services, actor: Actor, id: string, change: ChangedSegment): Promise<StoredSegment> =>
  transaction(services.db, async (tx) => {
    const before = await getSegment(tx, actor.workspaceId, id);
    if (change.rule !== undefined && before.kind === "list") throw segmentsErrors.refuse("segment_not_live", `"${before.name}" is a contact list and has no rule. Add or remove customers instead.`);
    if (change.rule !== undefined) await checkLists(tx, actor.workspaceId, change.rule);
    await queries.updateSegment(tx, actor.workspaceId, id, { name: change.name ?? null, description: change.description ?? null, rule: change.rule ?? null, story: change.story, at: services.clock.now() });
    const after = await getSegment(tx, actor.workspaceId, id);
    await tellSegment(tx, actor, "segment.changed", id, { name: after.name }, { isRetold: after.name !== before.name || after.story !== before.story });
    return after;
  });

/** @throws segment_unknown, segment_in_use */
export const deleteSegment = async (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const { name } = await getSegment(tx, actor.workspaceId, id);
    const uses = await listUses(tx, actor.workspaceId, id);
    const said = uses.map((use) => `${use.kind} "${use.name}"`).join(", ");
    if (uses.length > 0) throw segmentsErrors.refuse("segment_in_use", `"${name}" is used by ${said}. Change or end that first.`, { uses });
    await queries.deleteStoredSegment(tx, actor.workspaceId, id);
    await tellSegment(tx, actor, "segment.deleted", id, { name });
  });

/** How many are in it now; kept, so that lists of segments can show it.
 *  @throws segment_unknown, segment_slow */
export const recountSegment = async (services: Services, workspaceId: string, id: string): Promise<Size & { countedAt: Date }> => {
  const segment = await getSegment(services.db, workspaceId, id);
  const rule = await prepareRule(services.db, workspaceId, ruleOf(segment));
  const size = await measure(services.db, workspaceId, rule, STATEMENT_MS);
  const countedAt = services.clock.now();
  await queries.saveCount(services.db, workspaceId, id, { customers: size.customers, at: countedAt });
  return { ...size, countedAt };
};

type Size = { customers: number; isEstimate: boolean };

const measure = async (db: Db, workspaceId: string, rule: PreparedRule, limitMs: number): Promise<Size> => {
  const customers = await withinTime(db, limitMs, (tx) => queries.countByRule(tx, workspaceId, rule));
  if (customers !== "slow") return { customers, isEstimate: false };
  return { customers: await inTime(db, (tx) => queries.estimateByRule(tx, workspaceId, rule)), isEstimate: true };
};

const EXAMPLES = 8;

/** How many a rule finds, and some of them.
 *  @throws segment_slow */
export const previewRule = async (db: Db, workspaceId: string, rule: SegmentRule): Promise<Size & { examples: CustomerContact[] }> => {
  const prepared = await prepareRule(db, workspaceId, rule);
  const size = await measure(db, workspaceId, prepared, PREVIEW_COUNT_MS);
  const examples = await inTime(db, async (tx) => describeContacts(tx, await queries.listIdsByRule(tx, workspaceId, prepared, { after: null, limit: EXAMPLES })));
  return { ...size, examples };
};

/** @throws segment_unknown, segment_slow */
export const listCustomersIn = async (db: Db, workspaceId: string, id: string, page: { after: string | null; limit: number }): Promise<CustomerContact[]> => {
  const rule = await prepareRule(db, workspaceId, ruleOf(await getSegment(db, workspaceId, id)));
  return inTime(db, async (tx) => describeContacts(tx, await queries.listIdsByRule(tx, workspaceId, rule, page)));
};

/** Why a customer is in a segment or not, condition by condition.
 *  @throws segment_unknown, customer_unknown */
export const explainSegment = async (db: Queryable, workspaceId: string, id: string, customerId: string): Promise<SegmentReasons> => {
  const rule = await prepareRule(db, workspaceId, ruleOf(await getSegment(db, workspaceId, id)));
  const customer = await getCustomer(db, workspaceId, customerId);
  const explained = await queries.explainByRule(db, workspaceId, rule, customer.id);
  const parts = (explained?.parts ?? []).map((part, index) => {
    const given = rule.conditions[index];
    return { match: given?.kind === "group" ? given.match : null, ...part };
  });
  const isOfKnown = rule.who === "all" || explained?.isAnonymous === false;
  const isMet = parts.length === 0 || (rule.match === "all" ? parts.every((part) => part.holds) : parts.some((part) => part.holds));
  return { customerId: customer.id, isIn: isOfKnown && isMet, match: rule.match, isOfKnown, parts };
};

/** Names that occurred lately, for whoever writes a rule. */
export const suggestNames = async (db: Queryable, workspaceId: string): Promise<{ traits: string[]; interactions: string[]; touchpoints: string[] }> => {
  const named = await listNamed(db, workspaceId);
  return {
    traits: await queries.listTraitNames(db, workspaceId),
    interactions: byFrequency(named.map(({ name }) => name)),
    touchpoints: byFrequency(named.flatMap(({ touchpoint }) => (touchpoint === null ? [] : [touchpoint]))),
  };
};

export const showSegment = (segment: StoredSegment): Segment => ({
  id: segment.id, name: segment.name, description: segment.description, kind: segment.kind, rule: segment.kind === "live" ? ruleOf(segment) : null, story: segment.story, pictureId: segment.pictureId,
  customers: segment.customers, countedAt: segment.countedAt?.toISOString() ?? null, createdAt: segment.createdAt.toISOString(), changedAt: segment.changedAt.toISOString(),
});

/** @throws segment_unknown when the rule asks for a list of nobody or of others, segment_not_a_list */
const checkLists = async (tx: Queryable, workspaceId: string, rule: SegmentRule): Promise<void> => {
  for (const id of new Set(listedIn(rule))) {
    const list = await getSegment(tx, workspaceId, id);
    if (list.kind !== "list") throw segmentsErrors.refuse("segment_not_a_list", `"${list.name}" is a live segment. A rule can ask for contact lists only.`);
  }
};

/** Says that a segment was made, changed or deleted; `isRetold`: its name, story or picture are others. */
export const tellSegment = async (tx: Queryable, actor: Actor, action: "segment.created" | "segment.changed" | "segment.deleted", id: string, details: Record<string, unknown>, more: { isRetold?: boolean } = {}): Promise<void> => {
  await recordAudit(tx, actor, { action, subject: id, details });
  await publish(tx, { name: action, workspaceId: actor.workspaceId, payload: { segmentId: id, ...more } });
};

const inTime = async <Result>(db: Db, work: (tx: Queryable) => Promise<Result>): Promise<Result> => {
  const result = await withinTime(db, STATEMENT_MS, work);
  if (result === "slow") throw segmentsErrors.refuse("segment_slow", "Working this out takes longer than 20 seconds. Narrow the rule, for instance to fewer days.");
  return result;
};

const withinTime = async <Result>(db: Db, limitMs: number, work: (tx: Queryable) => Promise<Result>): Promise<Result | "slow"> => {
  try {
    return await transaction(db, async (tx) => {
      await queries.limitTime(tx, limitMs);
      return work(tx);
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === QUERY_CANCELLED) return "slow";
    throw error;
  }
};
