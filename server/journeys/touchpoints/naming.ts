import type { Naming } from "#customers";
import type { Queryable } from "#platform/db";
import { listEntries, listRegisteredThings } from "../places/places.queries.ts";
import { compileThings } from "../places/things.rules.ts";
import { listRegistered } from "./touchpoints.queries.ts";
import { compileRegister } from "./touchpoints.rules.ts";

/** The naming of a workspace as its register stands now. The analytics process keeps it until it is told to rename. */
export const loadNaming = async (db: Queryable, workspaceId: string): Promise<Naming> =>
  compileRegister(await listRegistered(db, workspaceId), await listEntries(db, workspaceId, "channel"), compileThings(await listRegisteredThings(db, workspaceId)));

/** What the register calls a channel now, whatever it was called when somebody wrote it down. */
export const presentChannel = (naming: Naming, channel: string): string =>
  naming({ type: "perception", name: "", channel, touchpoint: null, stage: null, source: "", message: null }).channel ?? channel;

type Kept = { naming: Promise<Naming>; loadedAt: number };

// Another node may have changed the register: after this long it is read again. On this node a change is heard at once.
const FRESH_MS = 5_000;
const KEPT_MAX = 500;
const kept = new Map<string, Kept>();

/** The naming for pages that show interactions, kept for a few seconds. */
export const recallNaming = (db: Queryable, workspaceId: string): Promise<Naming> => {
  const known = kept.get(workspaceId);
  const now = performance.now();
  if (known !== undefined && now - known.loadedAt < FRESH_MS) return known.naming;
  const naming = loadNaming(db, workspaceId);
  kept.set(workspaceId, { naming, loadedAt: now });
  naming.catch(() => kept.delete(workspaceId));
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return naming;
};

export const forgetNaming = (workspaceId: string): void => {
  kept.delete(workspaceId);
};
