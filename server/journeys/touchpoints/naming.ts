import type { Naming } from "#customers";
import type { Queryable } from "#platform/db";
import { listEntries, listRegisteredThings } from "../places/places.queries.ts";
import { compileThings } from "../places/things.rules.ts";
import { listRegistered } from "./touchpoints.queries.ts";
import { compileRegister } from "./touchpoints.rules.ts";

/** The naming of a workspace as its register stands now. The analytics process keeps it until it is told to rename. */
export const loadNaming = async (db: Queryable, workspaceId: string): Promise<Naming> =>
  compileRegister(await listRegistered(db, workspaceId), await listEntries(db, workspaceId, "channel"), compileThings(await listRegisteredThings(db, workspaceId)));


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

/** What the register calls channels now, whatever they were called when somebody wrote them down: an address, a board or a rule that was kept. */
export const presentChannels = async (db: Queryable, workspaceId: string, channels: readonly string[]): Promise<string[]> => {
  const naming = await recallNaming(db, workspaceId);
  const present = (channel: string): string => naming({ type: "perception", name: "", channel, touchpoint: null, stage: null, source: "", message: null }).channel ?? channel;
  return [...new Set(channels.map((channel) => (channel === "" ? "" : present(channel))))];
};
