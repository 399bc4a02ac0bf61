// Who in the workspace sees a board, and who changes it.
import { localDay } from "#customers";
import { listMembers, listTeamsOfMembers } from "#people";
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { mayChange, maySee, type Seer } from "./board-access.rules.ts";
import { boardNotFound, dashboardErrors } from "./dashboards.errors.ts";
import * as queries from "./dashboards.queries.ts";

/** Who somebody is to a board today: members by their id; keys, and whoever has left, are nobody. */
export const readSeers = async (services: Services, workspaceId: string): Promise<(memberId: string | null) => Seer> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const today = localDay(services.clock.now().getTime(), timeZone);
  const [members, teams] = await Promise.all([listMembers(services.db, workspaceId), listTeamsOfMembers(services.db, workspaceId, today)]);
  return (memberId) => {
    const member = members.find(({ id }) => id === memberId);
    return member === undefined ? { memberId: null, role: null, teamIds: [] } : { memberId: member.id, role: member.role, teamIds: teams.flatMap((one) => (one.memberId === member.id ? [one.teamId] : [])) };
  };
};

export const readSeer = async (services: Services, { workspaceId, memberId }: Pick<Actor, "workspaceId" | "memberId">): Promise<Seer> => (await readSeers(services, workspaceId))(memberId);

/** Refuses whoever does not see a board as if there were none; `change` also whoever sees it alone.
 *  @throws not_found, dashboard_not_changeable */
export const requireBoard = async (services: Services, actor: Actor, { id, to, isDeleted = false }: { id: string; to: "see" | "change"; isDeleted?: boolean }): Promise<void> => {
  const [row, seer] = await Promise.all([queries.findOwned(services.db, actor.workspaceId, id, isDeleted), readSeer(services, actor)]);
  if (row === null || !maySee(row, seer)) throw boardNotFound();
  if (to === "change" && !mayChange(row, seer)) throw dashboardErrors.refuse("dashboard_not_changeable", "Whose dashboard it is keeps changing it, and giving it outside, to themselves. Make a copy of your own, or ask them.");
};

/** Whether somebody sees a board: whoever made a link to it, or gets it by mail.
 *  @returns by member; null, a key or whoever has left, sees what everybody sees */
export const readViewers = async (services: Services, workspaceId: string, dashboardId: string): Promise<(memberId: string | null) => boolean> => {
  const [row, seerOf] = await Promise.all([queries.findOwned(services.db, workspaceId, dashboardId, false), readSeers(services, workspaceId)]);
  return (memberId) => row !== null && maySee(row, seerOf(memberId));
};
