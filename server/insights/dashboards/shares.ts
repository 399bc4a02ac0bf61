import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { hashPassword, hashToken, newToken, passwordFits, signText, verifySignature } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import { AppError, defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { requireTrust } from "#customers";
import { fewestPeople, isPersonal } from "../metrics/metric-kinds.rules.ts";
import { showBreakdown } from "../metrics/metrics.ts";
import { openPeopleCounter } from "../metrics/people-behind.ts";
import { entriesOf, joinFilters, wholeMonths } from "./board-period.rules.ts";
import { readViewers, requireBoard } from "./board-access.ts";
import { getBoard } from "./dashboards.ts";
import { choosableNames, type AskedOfShare, type ChoosableName, type CreatedShare, type CreateShareBody, type Share, type SharedBoard } from "./shares.contract.ts";
import * as queries from "./shares.queries.ts";
import type { ShareRow } from "./shares.queries.ts";
import { measureForStrangers } from "./stranger-numbers.ts";
import { requireTiles } from "./tile-abilities.ts";
import { type BoardNumbers, periodChoice, type PeriodChoice, type Tile, type TileFilters, tileFilters } from "./tiles.contract.ts";

export const shareErrors = defineErrors("dashboard shares", {
  share_limit: { status: 409, meaning: "The dashboard has 100 links already. Take some back first." },
  share_unknown: { status: 404, meaning: "The link leads nowhere: it was taken back, has expired, its dashboard is gone, or is closed to whoever made the link." },
  share_locked: { status: 403, meaning: "The link has a password: send it to /pass, and the pass that comes back with every request." },
  share_password_wrong: { status: 403, meaning: "The password of the link is another one." },
  share_expired_already: { status: 400, meaning: "The link would have expired before it is made." },
});

const SHARES_MAX = 100;
const PASS_MS = 12 * 3_600_000;
const PRINT_MS = 10 * 60_000;

export const listAllShares = async (services: Services, actor: Actor, dashboardId: string): Promise<Share[]> => {
  await requireBoard(services, actor, { id: dashboardId, to: "see" });
  return (await queries.listShares(services.db, actor.workspaceId, dashboardId, 500)).map(shown);
};

/** Makes a link. The secret in it is told once; only its hash is kept.
 *  @throws not_found, dashboard_not_changeable, not_allowed, share_expired_already, share_limit */
export const createShare = async (services: Services, actor: Actor, dashboardId: string, given: CreateShareBody): Promise<CreatedShare> => {
  await requireBoard(services, actor, { id: dashboardId, to: "change" });
  requireTiles(actor, (await getBoard(services, actor.workspaceId, dashboardId)).tiles);
  requireTrust(actor, given.filters);
  const now = services.clock.now();
  const expiresAt = given.expiresAt === null ? null : new Date(given.expiresAt);
  if (expiresAt !== null && expiresAt <= now) throw shareErrors.refuse("share_expired_already", "The link would have expired before it is made. Choose a later day.");
  const passwordHash = given.password === null ? null : await hashPassword(given.password);
  const secret = newToken();
  const { name, period, filters, isFilterable, choosable, showsComments } = given;
  const row = { workspaceId: actor.workspaceId, id: newId(), dashboardId, name, passwordHash, expiresAt, period, filters, isFilterable, choosable, showsComments, isForPrinting: false, createdAt: now, createdBy: actor.memberId };
  await transaction(services.db, async (tx) => {
    const isAdded = await queries.insertShare(tx, { ...row, secretHash: hashToken(secret) }, SHARES_MAX);
    if (!isAdded) throw shareErrors.refuse("share_limit", `The dashboard has ${SHARES_MAX} links already. Take some back first.`);
    await recordAudit(tx, actor, { action: "dashboard.shared", subject: dashboardId, details: { shareId: row.id, hasPassword: passwordHash !== null, expiresAt: given.expiresAt, showsComments, isFilterable, choosable } });
  });
  return { ...shown({ ...row, revokedAt: null, openedCount: 0, lastOpenedAt: null }), url: `${services.baseUrl()}/boards/${secret}` };
};

/** Takes a link back: whoever made it may always, others where they may change the dashboard.
 *  @throws not_found, dashboard_not_changeable */
export const takeBack = async (services: Services, actor: Actor, id: string): Promise<void> => {
  const share = await queries.findStandingShare(services.db, actor.workspaceId, id);
  if (share === null) throw takenBackBefore();
  const { dashboardId, createdBy } = share;
  if (createdBy === null || createdBy !== actor.memberId) await requireBoard(services, actor, { id: dashboardId, to: "change" });
  await transaction(services.db, async (tx) => {
    if (!(await queries.revokeShare(tx, actor.workspaceId, id, services.clock.now()))) throw takenBackBefore();
    await recordAudit(tx, actor, { action: "dashboard.share_revoked", subject: dashboardId, details: { shareId: id } });
  });
};

const takenBackBefore = () => httpErrors.refuse("not_found", "There is no such link in this workspace, or it was taken back before.");

/** The board behind a link, as a stranger may see it; or that a password is wanted first. */
export const openShare = async (services: Services, secret: string, pass: string | undefined): Promise<SharedBoard> => {
  const row = await requireShare(services, secret);
  if (!mayEnter(services, row, pass)) return { state: "locked" };
  const [{ name, tiles }, workspace] = await Promise.all([getBoard(services, row.workspaceId, row.dashboardId), findWorkspace(services.db, row.workspaceId)]);
  if (!row.isForPrinting) await queries.noteOpening(services.db, row.workspaceId, row.id, services.clock.now());
  return {
    state: "open", name, tiles, organisation: workspace?.name ?? "", timeZone: workspace?.timeZone ?? "UTC", isFilterable: row.isFilterable, ...held(row),
    choices: await listChoices(services, row, tiles, choosableOf(row)),
  };
};

/** A pass for the right password, good for half a day and for this link alone. */
export const givePass = async (services: Services, secret: string, password: string): Promise<{ pass: string }> => {
  const row = await requireShare(services, secret);
  if (row.passwordHash === null) return { pass: "" };
  if (!(await passwordFits(password, row.passwordHash))) throw shareErrors.refuse("share_password_wrong", "This is not the password of the link.");
  const until = String(services.clock.now().getTime() + PASS_MS);
  return { pass: `${until}.${signText(row.passwordHash, `${row.id} ${until}`)}` };
};

/** The numbers of a shared board, within the filters of the link and without anything about single people. */
export const measureShare = async (services: Services, secret: string, asked: AskedOfShare): Promise<BoardNumbers> => {
  const row = await requireShare(services, secret);
  if (!mayEnter(services, row, asked.pass)) throw shareErrors.refuse("share_locked", "The link has a password.");
  const { tiles } = await getBoard(services, row.workspaceId, row.dashboardId);
  const own = held(row);
  const chosen = await readChosen(services, row, tiles, asked.filters);
  const filters = chosen === null ? null : joinFilters(own.filters, chosen);
  const period = row.isFilterable ? periodFor(own.period, asked.period) : own.period;
  const measured = tiles.flatMap((tile) => (tile.chart === "note" ? [] : [tile]));
  const shown = { showsComments: row.showsComments, chosen: choosableNames.filter((name) => chosen?.[name] !== undefined) };
  // What the visitor chose and what the link holds to leave nothing: no question is asked.
  if (filters === null) return { ...(await measureForStrangers(services, row.workspaceId, { tiles: [], filters: {}, period, isWeighted: false }, shown)), tiles: measured.map(({ id }) => ({ state: "excluded", tileId: id, reason: "filters_disagree" })) };
  return measureForStrangers(services, row.workspaceId, { tiles: measured, filters, period, isWeighted: false }, shown);
};

/** Of what a visitor chose, that which is offered.
 *  @returns null when nothing of a name is: it must not show everything instead */
const readChosen = async (services: Services, row: ShareRow, tiles: readonly Tile[], asked: AskedOfShare["filters"]): Promise<TileFilters | null> => {
  const names = choosableOf(row).filter((name) => (asked[name]?.length ?? 0) > 0);
  if (names.length === 0) return {};
  const offered = await listChoices(services, row, tiles, names);
  const chosen = offered.map(({ name, values }) => [name, asked[name]?.filter((value) => values.some((one) => one.value === value)) ?? []] as const);
  return chosen.some(([, values]) => values.length === 0) ? null : Object.fromEntries(chosen);
};

/** The period a visitor chose. Days by themselves are widened to months: two choices a day apart would tell what one day's few people said. */
const periodFor = (own: PeriodChoice, asked: PeriodChoice | undefined): PeriodChoice => {
  if (asked === undefined || "preset" in asked) return asked ?? own;
  return "from" in own && own.from === asked.from && own.to === asked.to ? own : wholeMonths(asked);
};

/** Opens a board to the printer of this server for a few minutes.
 *  @returns the path of the page, and how to close it again */
export const openForPrinting = async (services: Services, given: Pick<ShareRow, "workspaceId" | "dashboardId" | "showsComments"> & { period: PeriodChoice }): Promise<{ path: string; close: () => Promise<void> }> => {
  const secret = newToken();
  const now = services.clock.now();
  const id = newId();
  await queries.insertShare(
    services.db,
    {
      ...given, id, name: "print", passwordHash: null, expiresAt: new Date(now.getTime() + PRINT_MS), filters: {}, isFilterable: false, choosable: [], isForPrinting: true, createdAt: now,
      secretHash: hashToken(secret), createdBy: null,
    },
    Number.MAX_SAFE_INTEGER,
  );
  return { path: `/boards/${secret}?print=yes`, close: () => queries.deleteShare(services.db, given.workspaceId, id) };
};

export const forgetPrints = (services: Services): Promise<void> => queries.deleteForgottenPrints(services.db, services.clock.now());

const requireShare = async (services: Services, secret: string): Promise<ShareRow> => {
  const row = await queries.findLivingShare(services.db, hashToken(secret), services.clock.now());
  // Nobody gives away what they do not see themselves, or no longer do.
  if (row === null || !(row.isForPrinting || (await readViewers(services, row.workspaceId, row.dashboardId))(row.createdBy))) throw shareErrors.refuse("share_unknown", "This link leads nowhere: it was taken back, has expired, or the dashboard is gone. Ask whoever gave it to you for a new one.");
  return row;
};

const mayEnter = (services: Services, { id, passwordHash }: ShareRow, pass: string | undefined): boolean => {
  if (passwordHash === null) return true;
  const [until = "", signature = ""] = (pass ?? "").split(".");
  return verifySignature(passwordHash, `${id} ${until}`, signature) && Number(until) > services.clock.now().getTime();
};

const held = ({ period, filters }: ShareRow) => ({ period: periodChoice.catch({ preset: "90d" }).parse(period), filters: tileFilters.parse(filters) });

/** What visitors may choose; nothing where they may not. */
const choosableOf = ({ isFilterable, choosable }: Pick<ShareRow, "isFilterable" | "choosable">): ChoosableName[] => (isFilterable ? choosableNames.filter((name) => choosable.includes(name)) : []);

// Metrics whose answers are known by everything that can be chosen.
const askable = ["nps", "csat", "ces", "stars", "sentiment"] as const;

/** Groups of ten answers and five people, within the filters of the link. */
const listChoices = async (services: Services, row: ShareRow, tiles: readonly Tile[], names: readonly ChoosableName[]): Promise<Extract<SharedBoard, { state: "open" }>["choices"]> => {
  // Nobody is asked in a language alone, or feels in one: these two narrow comments.
  const own = Object.fromEntries(entriesOf(held(row).filters).filter(([name]) => name !== "language" && name !== "emotion"));
  const metric = askable.find((name) => tiles.some((tile) => tile.chart !== "note" && tile.metric === name)) ?? "nps";
  return Promise.all(names.map(async (name) => ({ name, values: await listValues(services, row.workspaceId, { ...own, metric, by: name }).catch(nothingOffered) })));
};

const listValues = async (services: Services, workspaceId: string, query: Parameters<typeof showBreakdown>[2]): Promise<{ value: string; label: string }[]> => {
  const { groups, metric, scale, by } = await showBreakdown(services, workspaceId, query);
  const people = isPersonal(by) ? null : await (await openPeopleCounter(services, workspaceId, { ...query, metric, scale }))?.by(by);
  const isOffered = (value: string, count: number): boolean => count >= 10 && (people == null || (people.get(value) ?? 0) >= fewestPeople);
  return groups.flatMap(({ value, label, count }) => (value === null || !isOffered(value, count) ? [] : [{ value, label: label ?? value }]));
};

/** Where a segment of the link is gone, its tiles say so: the board opens all the same. */
const nothingOffered = (fault: unknown): [] => {
  if (fault instanceof AppError) return [];
  throw fault;
};

const shown = (row: ShareRow): Share => {
  const { id, name, passwordHash, expiresAt, isFilterable, showsComments, createdAt, revokedAt, openedCount, lastOpenedAt } = row;
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    id, name, isFilterable, choosable: choosableOf(row), showsComments, openedCount, hasPassword: passwordHash !== null, expiresAt: time(expiresAt), filters: held(row).filters, createdAt: createdAt.toISOString(),
    revokedAt: time(revokedAt), lastOpenedAt: time(lastOpenedAt),
  };
};
