import { nextCursor, readCursor } from "#platform/db";
import type { Services } from "#platform/services";
import { z } from "zod";
import { nameOf, namesOfMembers, requireMap } from "./found-map.ts";
import { joinGroups } from "./history.rules.ts";
import { listLatestGroups } from "./map-edits.queries.ts";
import type { HistoryLine } from "./maps.contract.ts";
import { mapErrors } from "./maps.errors.ts";

// Groups read for a page: usually many make one line. A page may be shorter than asked for, and then still names the next.
const GROUPS_READ = 300;

/** What became of a map, newest first, a page at a time. */
export const listHistory = async (
  services: Services, workspaceId: string, id: string, asked: { cursor?: string | undefined; limit: number },
): Promise<{ items: HistoryLine[]; nextCursor: string | null }> => {
  const [names] = await Promise.all([namesOfMembers(services.db, workspaceId), requireMap(services.db, workspaceId, id)]);
  const groups = await listLatestGroups(services.db, workspaceId, id, { before: readPlace(asked.cursor), limit: GROUPS_READ });
  const lines = joinGroups(groups);
  // Revisions are counted from one without a gap. The last line of a read that ends before it may go on beyond: it is told with the next page, unless it is all there is.
  const isCut = (groups.at(-1)?.revision ?? 1) > 1;
  const page = (isCut && lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, asked.limit);
  const last = page.at(-1);
  const isAll = last === undefined || last.oldest <= 1;
  return {
    items: page.map(({ revision, memberId, at, changes, summary, restoredRevision }) => ({ revision, memberId, memberName: nameOf(memberId, names), at: at.toISOString(), changes, summary, restoredRevision })),
    nextCursor: isAll ? null : nextCursor([last.oldest]),
  };
};

const readPlace = (cursor: string | undefined): number | null => {
  if (cursor === undefined) return null;
  const read = z.tuple([z.number().int().min(0).max(2_147_483_647)]).safeParse(readCursor(cursor, 1));
  if (!read.success) throw mapErrors.refuse("map_cursor_wrong", "This cursor is none that a page of this history gave out. Start again without it.");
  return read.data[0];
};
