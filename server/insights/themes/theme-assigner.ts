// Gives comments their themes as they are read, whichever way they came: it follows the readings in the order of commit.
import { transaction } from "#platform/db";
import { startLoop, type Step } from "#platform/jobs";
import type { Services } from "#platform/services";
import { findThemePosition, listReadAfter, moveThemePosition, writeAssignments } from "./assignments.queries.ts";
import { findThemes } from "./assigning.ts";
import { discoverWhenGrown } from "./discoveries.ts";

const STEP_COMMENTS = 1_000;

/** Runs as long as the server lives. The place reached moves in the transaction that writes the themes, so every comment gets them once. */
export const startThemeAssigner = async (services: Services): Promise<{ stop: () => Promise<void> }> =>
  startLoop(services, () => assignNext(services), "comments could not be given their themes; trying again");

/** The next comments that were read, of all workspaces. */
const assignNext = async (services: Services): Promise<Step> => {
  const from = await findThemePosition(services.db);
  const comments = await listReadAfter(services.db, from, STEP_COMMENTS);
  const last = comments.at(-1);
  if (last === undefined) return "nothing";
  await transaction(services.db, async (tx) => {
    // Another server may have been quicker: then its themes stand, and these would be the same.
    if (!(await moveThemePosition(tx, from, { xid: last.xid, seq: last.seq }))) return;
    await writeAssignments(tx, await findThemes(tx, comments));
  });
  for (const workspaceId of new Set(comments.map((comment) => comment.workspaceId))) await discoverWhenGrown(services, workspaceId);
  return comments.length === STEP_COMMENTS ? "more" : "some";
};
