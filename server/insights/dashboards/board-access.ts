// Who in the workspace sees a board, and who changes it.
import { localDay } from "#customers";
import { listMembers, listTeamsOfMembers } from "#people";
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { mayChange, maySee, type Seer } from "./board-access.rules.ts";
import { boardNotFound, dashboardErrors } from "./dashboards.errors.ts";
import * as queries from "./dashboards.queries.ts";

/** Members as boards know them: what they are called, and who each is to a board today. Keys, and whoever has left, are nobody. */
export type People = { names: ReadonlyMap<string, string>; seerOf: (memberId: string | null) => Seer };

export const readPeople = async (services: Services, workspaceId: string): Promise<People> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const today = localDay(services.clock.now().getTime(), timeZone);
  const [members, teams] = await Promise.all([listMembers(services.db, workspaceId), listTeamsOfMembers(services.db, workspaceId, today)]);
  return {
    names: new Map(members.map(({ id, name }) => [id, name])),
    seerOf: (memberId) => {
      const member = members.find(({ id }) => id === memberId);
      return member === undefined ? { memberId: null, role: null, teamIds: [] } : { memberId: member.id, role: member.role, teamIds: teams.flatMap((one) => (one.memberId === member.id ? [one.teamId] : [])) };
    },
  };
};

/** Refuses whoever does not see a board as if there were none; `change` also whoever sees it alone.
 *  @param known members, where they have been read already
 *  @throws not_found, dashboard_not_changeable */
export const requireBoard = async (services: Services, actor: Actor, { id, to, isDeleted = false }: { id: string; to: "see" | "change"; isDeleted?: boolean }, known?: People): Promise<void> => {
  const [row, people] = await Promise.all([queries.findOwned(services.db, actor.workspaceId, id, isDeleted), known ?? readPeople(services, actor.workspaceId)]);
  const seer = people.seerOf(actor.memberId);
  if (row === null || !maySee(row, seer)) throw boardNotFound();
  if (to === "change" && !mayChange(row, seer)) throw dashboardErrors.refuse("dashboard_not_changeable", "Whose dashboard it is keeps changing it, and giving it outside, to themselves. Make a copy of your own, or ask them.");
};

/** Whether somebody sees a board: whoever made a link to it, or gets it by mail.
 *  @returns by member; null, a key or whoever has left, sees what everybody sees */
export const readViewers = async (services: Services, workspaceId: string, dashboardId: string): Promise<(memberId: string | null) => boolean> => {
  const [row, { seerOf }] = await Promise.all([queries.findOwned(services.db, workspaceId, dashboardId, false), readPeople(services, workspaceId)]);
  return (memberId) => row !== null && maySee(row, seerOf(memberId));
};
