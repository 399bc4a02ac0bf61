// Segments made ready for questions to the analytics copy.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { CustomerSet, GatheredSet } from "#platform/analytics";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { compileRule, startValues } from "./segment-conditions.queries.ts";
import { isTimed } from "./segment-times.rules.ts";
import { listedIn, prepareRules, ruleOf } from "./segment-rule.ts";
import type { SegmentRule } from "./segments.contract.ts";
import { listRevisions, listSegmentsById } from "./segments.queries.ts";

export type GatheredSegment = GatheredSet & { name: string };

/** Makes the analytics copy know who is in these segments and lists now.
 *  @returns in the order asked for; left out what this workspace does not have */
export const gatherSegments = async (services: Services, workspaceId: string, ids: readonly string[]): Promise<GatheredSegment[]> => {
  const wanted = [...new Set(ids.filter((id) => uuid.safeParse(id).success).map((id) => id.toLowerCase()))];
  const found = new Map(wanted.length === 0 ? [] : (await listSegmentsById(services.db, workspaceId, wanted)).map((segment) => [segment.id, segment]));
  const segments = wanted.flatMap((id) => found.get(id) ?? []);
  if (segments.length === 0) return [];
  const sets = await makeSets(services.db, workspaceId, segments.map((segment) => ({ id: segment.id, rule: ruleOf(segment) })));
  const gathered = await services.analytics.gather(workspaceId, sets);
  return gathered.map((set) => ({ ...set, name: found.get(set.id)?.name ?? "" }));
};

// A group of nobody has an empty name.
const uuid = z.uuid();

const makeSets = async (db: Queryable, workspaceId: string, segments: readonly { id: string; rule: SegmentRule }[]): Promise<CustomerSet[]> => {
  const prepared = await prepareRules(db, workspaceId, segments.map(({ rule }) => rule));
  const lists = segments.flatMap(({ rule }) => listedIn(rule));
  const revisions = lists.length === 0 ? new Map<string, number>() : await listRevisions(db, workspaceId, lists);
  return segments.map(({ id, rule }, at) => {
    const values = startValues(workspaceId, prepared[at]?.namedAs ?? {});
    const condition = compileRule(rule, values);
    const decides = [condition, values.list, listedIn(rule).map((list) => revisions.get(list) ?? null)];
    return { id, condition, values: values.list, version: createHash("sha256").update(JSON.stringify(decides)).digest("base64"), isTimed: isTimed(rule) };
  });
};
