import { listTeamRows } from "#people";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, type Queryable, transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { settleTiles } from "./board.rules.ts";
import type { BoardAccess, OwnedBoard, OwnedBoardHead } from "./board-access.contract.ts";
import { mayChange, maySee, maySetAccess, type Seer } from "./board-access.rules.ts";
import { readPeople, requireBoard, type People } from "./board-access.ts";
import type { Board, BoardHead, CreateBoardBody, SaveBoardBody } from "./dashboards.contract.ts";
import { boardNotFound, dashboardErrors } from "./dashboards.errors.ts";
import * as queries from "./dashboards.queries.ts";
import { readTiles } from "./stored-tiles.ts";
import { listTemplates } from "./templates.ts";
import { requireNewTiles } from "./tile-abilities.ts";
import { presetName, type Tile } from "./tiles.contract.ts";

const BOARDS_MAX = 500;
/** What one member keeps to themselves leaves room for the others. */
const BOARDS_OF_ONE_MAX = 100;
const RESTORED_WITHIN_MS = 30 * 86_400_000;

/** Boards that somebody may see. */
export const listAllBoards = async (services: Services, actor: Actor): Promise<OwnedBoardHead[]> => {
  const { workspaceId } = actor;
  const [rows, { names, seerOf }] = await Promise.all([queries.listBoards(services.db, workspaceId, BOARDS_MAX), readPeople(services, workspaceId)]);
  const seer = seerOf(actor.memberId);
  return rows.filter((row) => maySee(row, seer)).map((row) => ({ ...headOf(row, names), ...ownedOf(row, names, seer) }));
};

/** A board for somebody who sees it.
 *  @param known members, where they have been read already
 *  @throws not_found */
export const showBoard = async (services: Services, actor: Actor, id: string, known?: People): Promise<OwnedBoard> => {
  const { workspaceId } = actor;
  const [row, { names, seerOf }] = await Promise.all([queries.findBoard(services.db, workspaceId, id), known ?? readPeople(services, workspaceId)]);
  const seer = seerOf(actor.memberId);
  if (row === null || !maySee(row, seer)) throw boardNotFound();
  return { ...headOf(row, names), ...contentOf(row), ...ownedOf(row, names, seer) };
};

export type BoardContent = Pick<Board, "id" | "name" | "period" | "tiles">;

/** What is on a board, for the server itself, whoever sees it.
 *  @throws not_found */
export const getBoard = async (services: Services, workspaceId: string, id: string): Promise<BoardContent> => {
  const row = await queries.findBoard(services.db, workspaceId, id);
  if (row === null) throw boardNotFound();
  return contentOf(row);
};

/** Says who sees a board, and who changes it. Teams that have been deleted since it was said last are left out.
 *  @throws not_found, dashboard_not_changeable, dashboard_not_yours, dashboard_access_empty, dashboard_team_unknown */
export const setAccess = async (services: Services, actor: Actor, id: string, access: BoardAccess): Promise<OwnedBoard> => {
  const { workspaceId } = actor;
  const { version, owner, access: before, maySetAccess: isAllowed } = await showBoard(services, actor, id);
  if (!isAllowed) throw dashboardErrors.refuse("dashboard_not_changeable", "Who sees a dashboard is said by whose it is, and by owners and admins of the workspace.");
  // A board of nobody becomes that of whoever says who sees it.
  const ownerId = owner?.id ?? actor.memberId;
  if (access.seenBy === "oneself" && ownerId !== actor.memberId) throw dashboardErrors.refuse("dashboard_not_yours", `The dashboard belongs to ${owner?.name}: only they keep it to themselves. Let certain teams or roles see it, or make a copy of your own.`);
  const known = new Set((await listTeamRows(services.db, workspaceId)).map((team) => team.id));
  const { teams, roles } = access.seenBy === "chosen" ? { ...access, teams: access.teams.filter((team) => known.has(team) || !before.teams.includes(team)) } : { teams: [], roles: [] };
  if (access.seenBy === "chosen" && teams.length + roles.length === 0) throw dashboardErrors.refuse("dashboard_access_empty", "Name a team or a role that sees the dashboard, or keep it to yourself.");
  if (teams.some((team) => !known.has(team))) throw dashboardErrors.refuse("dashboard_team_unknown", "One of the teams is not of this workspace.");
  await transaction(services.db, async (tx) => {
    await queries.updateAccess(tx, workspaceId, id, { ...access, teams: [...new Set(teams)], roles: [...new Set(roles)], ownerId });
    await recordAudit(tx, actor, { action: "dashboard.access_changed", subject: id, details: { seenBy: access.seenBy, teams, roles, changeableBy: access.changeableBy } });
    await publish(tx, { name: "dashboard.changed", workspaceId, payload: { dashboardId: id, version } });
  });
  return showBoard(services, actor, id);
};

/** Makes a board from tiles, from a template, or empty. */
export const createBoard = async (services: Services, actor: Actor, given: CreateBoardBody): Promise<OwnedBoard> => {
  const template = given.templateId === undefined ? undefined : listTemplates().find(({ id }) => id === given.templateId);
  if (given.templateId !== undefined && template === undefined) throw dashboardErrors.refuse("dashboard_template_unknown", `There is no template "${given.templateId}".`);
  const tiles = given.tiles ?? template?.tiles ?? [];
  requireNewTiles(actor, tiles, []);
  return insertNew(services, actor, { name: given.name ?? template?.name ?? "Dashboard", period: given.period ?? "90d", tiles, seenBy: "everybody" });
};

/** A board of its own with the same tiles. Links and mails of the first one stay with it; what only some see is copied for oneself. */
export const duplicateBoard = async (services: Services, actor: Actor, id: string): Promise<OwnedBoard> => {
  const { name, period, tiles, access } = await showBoard(services, actor, id);
  return insertNew(services, actor, { name: `${name.slice(0, 72)} (copy)`, period, tiles, seenBy: access.seenBy === "everybody" ? "everybody" : "oneself" });
};

/** @throws not_allowed, dashboard_changed when the board is no longer of the version the change was made to */
export const saveBoard = async (services: Services, actor: Actor, id: string, given: SaveBoardBody): Promise<OwnedBoard> => {
  const { workspaceId } = actor;
  const people = await readPeople(services, workspaceId);
  await requireBoard(services, actor, { id, to: "change" }, people);
  const tiles = given.tiles === undefined ? undefined : readyTiles(given.tiles);
  if (tiles !== undefined) requireNewTiles(actor, tiles, (await getBoard(services, workspaceId, id)).tiles);
  const isSaved = await transaction(services.db, async (tx) => {
    const change = { version: given.version, name: given.name ?? null, period: given.period ?? null, tiles, at: services.clock.now(), by: actor.memberId };
    const version = await queries.updateBoard(tx, workspaceId, id, change);
    if (version === null) return false;
    await recordAudit(tx, actor, { action: "dashboard.changed", subject: id, details: { version } });
    await publish(tx, { name: "dashboard.changed", workspaceId, payload: { dashboardId: id, version } });
    return true;
  });
  const now = await showBoard(services, actor, id, people);
  if (isSaved) return now;
  const { version, changedAt, changedBy } = now;
  throw dashboardErrors.refuse(
    "dashboard_changed",
    `${changedBy?.name ?? "Somebody"} changed the dashboard "${now.name}" since you opened it. Load it again, or save yours as a copy.`,
    { version, changedAt, changedBy },
  );
};

export const deleteBoard = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await requireBoard(services, actor, { id, to: "change" });
  await transaction(services.db, async (tx) => {
    if (!(await queries.markBoardDeleted(tx, actor.workspaceId, id, services.clock.now()))) throw boardNotFound();
    await say(tx, actor, "dashboard.deleted", id);
  });
};

/** Brings a deleted board back, with its links and mails, for thirty days. */
export const bringBack = async (services: Services, actor: Actor, id: string): Promise<OwnedBoard> => {
  await requireBoard(services, actor, { id, to: "change", isDeleted: true });
  await transaction(services.db, async (tx) => {
    if (!(await queries.restoreBoard(tx, actor.workspaceId, id))) throw boardNotFound();
    await say(tx, actor, "dashboard.restored", id);
  });
  return showBoard(services, actor, id);
};

export const orderAllBoards = (services: Services, actor: Actor, ids: readonly string[]): Promise<void> =>
  transaction(services.db, async (tx) => {
    await queries.lockOrder(tx, actor.workspaceId);
    await queries.orderBoards(tx, actor.workspaceId, ids);
  });

export const forgetBoards = (services: Services): Promise<void> =>
  queries.deleteForgottenBoards(services.db, new Date(services.clock.now().getTime() - RESTORED_WITHIN_MS));

const insertNew = async (services: Services, actor: Actor, given: { name: string; period: string; tiles: readonly Tile[]; seenBy: BoardAccess["seenBy"] }): Promise<OwnedBoard> => {
  const id = newId();
  const { workspaceId } = actor;
  const row = { workspaceId, id, name: given.name, period: given.period, seenBy: given.seenBy, tiles: readyTiles(given.tiles), at: services.clock.now(), by: actor.memberId };
  await transaction(services.db, async (tx) => {
    await queries.lockOrder(tx, workspaceId);
    if (!(await queries.insertBoard(tx, row, { inAll: BOARDS_MAX, ofOne: BOARDS_OF_ONE_MAX }))) throw dashboardErrors.refuse("dashboard_limit", `There are ${BOARDS_MAX} dashboards already, or ${BOARDS_OF_ONE_MAX} of them belong to you. Delete some first.`);
    await say(tx, actor, "dashboard.created", id);
  });
  return showBoard(services, actor, id);
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

const headOf = (row: queries.BoardHeadRow, names: ReadonlyMap<string, string>): BoardHead => {
  const { id, name, tileCount, version, createdAt, changedAt, changedById } = row;
  const changer = changedById === null ? undefined : names.get(changedById);
  return {
    id, name, tileCount, version, createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString(),
    changedBy: changedById === null || changer === undefined ? null : { id: changedById, name: changer },
  };
};

const contentOf = ({ id, name, period, tiles }: queries.BoardRow): BoardContent => ({ id, name, period: presetName.catch("90d").parse(period), tiles: readTiles(tiles) });

const ownedOf = (row: queries.BoardHeadRow, names: ReadonlyMap<string, string>, seer: Seer): Pick<OwnedBoard, "access" | "owner" | "mayChange" | "maySetAccess"> => {
  const { seenBy, teams, roles, changeableBy, ownerId } = row;
  const name = names.get(ownerId ?? "");
  return {
    access: { seenBy, teams, roles, changeableBy }, owner: ownerId === null || name === undefined ? null : { id: ownerId, name },
    mayChange: mayChange(row, seer), maySetAccess: maySetAccess(row, seer),
  };
};
