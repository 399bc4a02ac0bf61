import { listCommentsBefore } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { compareThemes, themeCommentOf } from "@firsthand/text";
import { listWatchedThemes } from "../alerts/alert-rules.queries.ts";
import { listReadings } from "../comments/readings.queries.ts";
import { countRead, deleteGoneAssignments, listGivenThemes, listReadOf, spreadRemovals, writeAssignments } from "./assignments.queries.ts";
import { failStale, findDiscovery, findLatestDiscovery, insertDiscovery, listDiscoveredWorkspaces, moveDiscovery, type DiscoveryRow } from "./discoveries.queries.ts";
import { openDiscoveryThread, type DiscoveryThread } from "./discovery-thread.ts";
import { matchThemes, type FoundTheme } from "./matching.rules.ts";
import { findThemes } from "./assigning.ts";
import type { Discovery } from "./themes.contract.ts";
import { deleteRetired, findThemeSet, listStoredThemes, raiseVersion, upsertThemes } from "./themes.queries.ts";

export const themesErrors = defineErrors("themes", {
  themes_comments_few: { status: 409, meaning: "There are fewer than 200 read comments in this workspace: too few to look for themes in." },
  theme_words_unclear: { status: 400, meaning: "The words only hold sentences together or tell a tone. Give words that say what a comment is about." },
  theme_limit: { status: 409, meaning: "The workspace has 100 themes made by people already. Hide or remove some first." },
  theme_merged_in_a_circle: { status: 409, meaning: "A theme cannot be merged into itself, or into one that is merged into it." },
  theme_watched: { status: 409, meaning: "A rule for alerts watches the theme. Delete the rule first, or let it watch something else." },
  theme_not_own: { status: 409, meaning: "Only a theme that a person made can be removed. Hide a discovered one: it would be found again." },
});

/** Fewer read comments give no themes. */
export const COMMENTS_MIN = 200;
/** The latest comments; older ones are given themes, but none are looked for in them. */
const COMMENTS_MAX = 100_000;
const PORTION = 2_000;
const SEED = 20_261_122;
const STALE_MS = 30 * 60_000;
const RETIRED_KEPT_MS = 90 * 86_400_000;

/** Starts a search for themes in all comments of a workspace.
 *  @returns the one that runs already, if one does
 *  @throws themes_comments_few */
export const startDiscovery = async (services: Services, actor: Actor): Promise<Discovery> => {
  const { workspaceId, memberId } = actor;
  const count = await countRead(services.db, workspaceId, COMMENTS_MIN);
  if (count < COMMENTS_MIN) throw themesErrors.refuse("themes_comments_few", `Themes are looked for in ${COMMENTS_MIN} comments or more; ${count} were read so far.`, { count, needed: COMMENTS_MIN });
  await transaction(services.db, async (tx) => {
    const id = await beginDiscovery(tx, { workspaceId, kind: "discovery", memberId, at: services.clock.now() });
    if (id !== null) await recordAudit(tx, actor, { action: "themes.discovery_started", subject: id });
  });
  const latest = await findLatestDiscovery(services.db, workspaceId);
  if (latest === null) throw httpErrors.refuse("not_found", "The search for themes is gone.");
  return showDiscovery(latest);
};

export const getDiscovery = async (services: Services, workspaceId: string, id: string): Promise<Discovery> => {
  const row = await findDiscovery(services.db, workspaceId, id);
  if (row === null) throw httpErrors.refuse("not_found", "There is no such search for themes in this workspace.");
  return showDiscovery(row);
};

/** Begins a search, or gives changed themes to all comments anew.
 *  @returns its id; null when one is running already */
export const beginDiscovery = async (tx: Queryable, given: { workspaceId: string; kind: DiscoveryRow["kind"]; memberId: string | null; at: Date }): Promise<string | null> => {
  const { workspaceId, at } = given;
  await failStale(tx, workspaceId, new Date(at.getTime() - STALE_MS), at);
  const id = newId();
  if (!(await insertDiscovery(tx, { id, ...given }))) return null;
  await enqueue(tx, "themes.discover", { workspaceId, discoveryId: id }, { queue: `themes ${workspaceId}` });
  await publish(tx, { name: "themes.changed", workspaceId, payload: { discoveryId: id } });
  return id;
};

/** Begins a search where there is enough to find something in and there was none, or where there are twice as many comments as at the last one:
 *  whoever brings in history does not wait for the night. */
export const discoverWhenGrown = async (services: Services, workspaceId: string): Promise<void> => {
  const before = (await findThemeSet(services.db, workspaceId))?.commentCount ?? 0;
  const needed = Math.max(COMMENTS_MIN, before * 2);
  if (before >= COMMENTS_MAX || (await countRead(services.db, workspaceId, needed)) < needed) return;
  const latest = await findLatestDiscovery(services.db, workspaceId);
  // One that failed is not begun again by itself before the night.
  if (latest?.state === "running" || (latest?.state === "failed" && before === 0)) return;
  await transaction(services.db, (tx) => beginDiscovery(tx, { workspaceId, kind: "discovery", memberId: null, at: services.clock.now() }));
};

/** Looks again in every workspace that has themes, and forgets the themes of comments that are gone. */
export const discoverAll = async (services: Services): Promise<void> => {
  await deleteGoneAssignments(services.db);
  for (const workspaceId of await listDiscoveredWorkspaces(services.db))
    await transaction(services.db, (tx) => beginDiscovery(tx, { workspaceId, kind: "discovery", memberId: null, at: services.clock.now() }));
};

/** Does what is left to do of a search: it may have been begun by a server that died. */
export const runDiscovery = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const row = await findDiscovery(services.db, workspaceId, id);
  if (row === null || row.state !== "running") return;
  if (row.phase !== "assigning") await search(services, row);
  await assignAll(services, workspaceId, id);
  await transaction(services.db, async (tx) => {
    const at = services.clock.now();
    await moveDiscovery(tx, id, at, { state: "done", progress: 1, endedAt: at });
    await publish(tx, { name: "themes.changed", workspaceId, payload: { discoveryId: id } });
  });
  await discoverWhenGrown(services, workspaceId);
};

/** Notes that a search was given up. */
export const failDiscovery = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const at = services.clock.now();
  await transaction(services.db, async (tx) => {
    await moveDiscovery(tx, id, at, { state: "failed", endedAt: at });
    await publish(tx, { name: "themes.changed", workspaceId, payload: { discoveryId: id } });
  });
};

const search = async (services: Services, { id, workspaceId }: DiscoveryRow): Promise<void> => {
  const thread = openDiscoveryThread();
  try {
    const count = await readInto(services, thread, workspaceId, id);
    await moveDiscovery(services.db, id, services.clock.now(), { phase: "grouping", progress: 0, commentCount: count });
    // Progress is told as it goes; what is told late must not stop the search.
    const told: Promise<void>[] = [];
    const found = await thread.discover(SEED, (progress) => void told.push(moveDiscovery(services.db, id, services.clock.now(), { progress }).catch(() => undefined)));
    await Promise.all(told);
    await keepFound(services, { workspaceId, id, commentCount: count }, found);
  } finally {
    await thread.close();
  }
};

const readInto = async (services: Services, thread: DiscoveryThread, workspaceId: string, id: string): Promise<number> => {
  let before: { at: Date; id: string } | null = null;
  let count = 0;
  while (count < COMMENTS_MAX) {
    const comments = await listCommentsBefore(services.db, workspaceId, before, PORTION);
    const readings = new Map((await listReadings(services.db, workspaceId, comments.map((comment) => comment.id))).map((reading) => [reading.id, reading]));
    thread.add(
      comments.flatMap(({ id: commentId, text }) => {
        const reading = readings.get(commentId);
        return reading === undefined ? [] : [themeCommentOf(text, reading)];
      }),
    );
    count += comments.length;
    const last = comments.at(-1);
    if (last === undefined || comments.length < PORTION) break;
    before = { at: last.at, id: last.id };
    await moveDiscovery(services.db, id, services.clock.now(), { commentCount: count, progress: count / COMMENTS_MAX });
  }
  return count;
};

const keepFound = (services: Services, { workspaceId, id, commentCount }: Pick<DiscoveryRow, "workspaceId" | "id" | "commentCount">, found: readonly FoundTheme[]): Promise<void> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    // First, so that nobody gives out themes of the version before, or changes one, while this one is written.
    const version = await raiseVersion(tx, workspaceId, { at: now, commentCount });
    const stored = await listStoredThemes(tx, workspaceId);
    const watched = new Set([...(await listWatchedThemes(tx, workspaceId)), ...(await listGivenThemes(tx, workspaceId))]);
    const { themes, heirs } = matchThemes(stored, found, { now, compare: compareThemes, makeId: newId, watched });
    await upsertThemes(tx, workspaceId, themes);
    // What people took from a comment does not come back under another id.
    for (const { id: heir, of } of heirs) await spreadRemovals(tx, workspaceId, [heir], of);
    await deleteRetired(tx, workspaceId, new Date(now.getTime() - RETIRED_KEPT_MS));
    await moveDiscovery(tx, id, now, { phase: "assigning", progress: 0, themeCount: found.length, version });
  });

/** Gives every read comment its themes anew, in portions; what was given is noted with each portion, so that another server can go on. */
const assignAll = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const total = await countRead(services.db, workspaceId, 10_000_000);
  let row = await findDiscovery(services.db, workspaceId, id);
  for (let done = 0; row !== null; done += PORTION) {
    // Somebody changed a theme meanwhile: those that were given the themes before get them again.
    const version = (await findThemeSet(services.db, workspaceId))?.version ?? 0;
    const from = row.version === version ? row.assignedTo : null;
    if (from === null) done = 0;
    const ids = await listReadOf(services.db, workspaceId, from, PORTION);
    const last = ids.at(-1);
    if (last === undefined) return;
    await transaction(services.db, async (tx) => {
      await writeAssignments(tx, await findThemes(tx, ids.map((commentId) => ({ id: commentId, workspaceId }))));
      const progress = Math.min(1, (done + ids.length) / Math.max(1, total));
      await moveDiscovery(tx, id, services.clock.now(), { version, assignedTo: last, progress, commentCount: done + ids.length });
    });
    row = await findDiscovery(services.db, workspaceId, id);
  }
};

export const showDiscovery = (row: DiscoveryRow): Discovery => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  phase: row.phase,
  progress: row.progress,
  commentCount: row.commentCount,
  themeCount: row.themeCount,
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});
