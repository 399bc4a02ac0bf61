import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, type Queryable, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { type AppError, defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { settleTiles } from "./board.rules.ts";
import type { Board, BoardHead, CreateBoardBody, SaveBoardBody } from "./dashboards.contract.ts";
import * as queries from "./dashboards.queries.ts";
import { readTiles } from "./stored-tiles.ts";
import { listTemplates } from "./templates.ts";
import { presetName, type Tile } from "./tiles.contract.ts";

export const dashboardErrors = defineErrors("dashboards", {
  dashboard_limit: { status: 409, meaning: "The workspace has 500 dashboards already. Delete some first." },
  dashboard_changed: { status: 409, meaning: "Somebody else changed the dashboard meanwhile; `details` says who, when and to which version. Load it again, or save yours as a copy." },
  dashboard_template_unknown: { status: 400, meaning: "There is no template with this id; GET /api/dashboard-templates lists them." },
  dashboard_tile_twice: { status: 400, meaning: "Two tiles of the dashboard have the same id." },
});

const BOARDS_MAX = 500;
const RESTORED_WITHIN_MS = 30 * 86_400_000;

export const listAllBoards = async (services: Services, workspaceId: string): Promise<BoardHead[]> => {
  const [rows, names] = await Promise.all([queries.listBoards(services.db, workspaceId, BOARDS_MAX), namesOfMembers(services.db, workspaceId)]);
  return rows.map((row) => headOf(row, names));
};

export const getBoard = async (services: Services, workspaceId: string, id: string): Promise<Board> => {
  const [row, names] = await Promise.all([queries.findBoard(services.db, workspaceId, id), namesOfMembers(services.db, workspaceId)]);
  if (row === null) throw boardNotFound();
  return { ...headOf(row, names), period: presetName.catch("90d").parse(row.period), tiles: readTiles(row.tiles) };
};

/** Makes a board from tiles, from a template, or empty. */
export const createBoard = async (services: Services, actor: Actor, given: CreateBoardBody): Promise<Board> => {
  const template = given.templateId === undefined ? undefined : listTemplates().find(({ id }) => id === given.templateId);
  if (given.templateId !== undefined && template === undefined) throw dashboardErrors.refuse("dashboard_template_unknown", `There is no template "${given.templateId}".`);
  const tiles = given.tiles ?? template?.tiles ?? [];
  return insertNew(services, actor, { name: given.name ?? template?.name ?? "Dashboard", period: given.period ?? "90d", tiles });
};

/** A board of its own with the same tiles. Links and mails of the first one stay with it. */
export const duplicateBoard = async (services: Services, actor: Actor, id: string): Promise<Board> => {
  const { name, period, tiles } = await getBoard(services, actor.workspaceId, id);
  return insertNew(services, actor, { name: `${name.slice(0, 72)} (copy)`, period, tiles });
};

/** @throws dashboard_changed when the board is no longer of the version the change was made to */
export const saveBoard = async (services: Services, actor: Actor, id: string, given: SaveBoardBody): Promise<Board> => {
  const tiles = given.tiles === undefined ? undefined : readyTiles(given.tiles);
  const { workspaceId } = actor;
  const isSaved = await transaction(services.db, async (tx) => {
    const change = { version: given.version, name: given.name ?? null, period: given.period ?? null, tiles, at: services.clock.now(), by: actor.memberId };
    const version = await queries.updateBoard(tx, workspaceId, id, change);
    if (version === null) return false;
    await recordAudit(tx, actor, { action: "dashboard.changed", subject: id, details: { version } });
    await publish(tx, { name: "dashboard.changed", workspaceId, payload: { dashboardId: id, version } });
    return true;
  });
  const now = await getBoard(services, workspaceId, id);
  if (isSaved) return now;
  const { version, changedAt, changedBy } = now;
  throw dashboardErrors.refuse(
    "dashboard_changed",
    `${changedBy?.name ?? "Somebody"} changed the dashboard "${now.name}" since you opened it. Load it again, or save yours as a copy.`,
    { version, changedAt, changedBy },
  );
};

export const deleteBoard = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await queries.markBoardDeleted(tx, actor.workspaceId, id, services.clock.now()))) throw boardNotFound();
    await say(tx, actor, "dashboard.deleted", id);
  });

/** Brings a deleted board back, with its links and mails, for thirty days. */
export const bringBack = async (services: Services, actor: Actor, id: string): Promise<Board> => {
  await transaction(services.db, async (tx) => {
    if (!(await queries.restoreBoard(tx, actor.workspaceId, id))) throw boardNotFound();
    await say(tx, actor, "dashboard.restored", id);
  });
  return getBoard(services, actor.workspaceId, id);
};

export const orderAllBoards = (services: Services, actor: Actor, ids: readonly string[]): Promise<void> =>
  transaction(services.db, async (tx) => {
    await queries.lockOrder(tx, actor.workspaceId);
    await queries.orderBoards(tx, actor.workspaceId, ids);
  });

export const forgetBoards = (services: Services): Promise<void> =>
  queries.deleteForgottenBoards(services.db, new Date(services.clock.now().getTime() - RESTORED_WITHIN_MS));

export const boardNotFound = (): AppError => httpErrors.refuse("not_found", "There is no such dashboard in this workspace.");

const insertNew = async (services: Services, actor: Actor, given: { name: string; period: string; tiles: readonly Tile[] }): Promise<Board> => {
  const id = newId();
  const { workspaceId } = actor;
  const row = { workspaceId, id, name: given.name, period: given.period, tiles: readyTiles(given.tiles), at: services.clock.now(), by: actor.memberId };
  await transaction(services.db, async (tx) => {
    await queries.lockOrder(tx, workspaceId);
    if (!(await queries.insertBoard(tx, row, BOARDS_MAX))) throw dashboardErrors.refuse("dashboard_limit", `There are ${BOARDS_MAX} dashboards already. Delete some first.`);
    await say(tx, actor, "dashboard.created", id);
  });
  return getBoard(services, workspaceId, id);
};

// Whoever writes tiles by a program need not mind where they lie: what overlaps moves down.
const readyTiles = (tiles: readonly Tile[]): Tile[] => {
  if (new Set(tiles.map(({ id }) => id)).size < tiles.length) throw dashboardErrors.refuse("dashboard_tile_twice", "Two tiles have the same id. Give every tile an id of its own.");
  return settleTiles(tiles);
};

const say = async (tx: Queryable, actor: Actor, name: string, dashboardId: string): Promise<void> => {
  await recordAudit(tx, actor, { action: name, subject: dashboardId });
  await publish(tx, { name, workspaceId: actor.workspaceId, payload: { dashboardId } });
};

const namesOfMembers = async (db: Queryable, workspaceId: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await listMembers(db, workspaceId)).map(({ id, name }) => [id, name]));

const headOf = (row: queries.BoardHeadRow, names: ReadonlyMap<string, string>): BoardHead => {
  const { id, name, tileCount, version, createdAt, changedAt, changedById } = row;
  const changer = changedById === null ? undefined : names.get(changedById);
  return {
    id, name, tileCount, version, createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString(),
    changedBy: changedById === null || changer === undefined ? null : { id: changedById, name: changer },
  };
};
