import type { Queryable } from "#platform/db";
import { listSegmentsNaming } from "./segments.queries.ts";

/** Something that would have nobody left without a segment. `kind` as people call it, such as "distribution". */
export type SegmentUse = { kind: string; name: string };
export type SegmentUses = (db: Queryable, workspaceId: string, segmentId: string) => Promise<SegmentUse[]>;

const finders = new Set<SegmentUses>();

/** Lets a later module, which this one must not know, say what it uses segments for: those are not deleted. Called once, at start. */
export const registerSegmentUses = (findUses: SegmentUses): void => {
  finders.add(findUses);
};

/** Everything that uses a segment, in all modules. */
export const listUses: SegmentUses = async (db, workspaceId, segmentId) => {
  const uses = (await listSegmentsNaming(db, workspaceId, segmentId)).map((name) => ({ kind: "segment", name }));
  for (const findUses of finders) uses.push(...(await findUses(db, workspaceId, segmentId)));
  return uses;
};
