import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { Team, TeamBody, TeamChange, TeamsReply } from "./teams.contract.ts";
import * as queries from "./teams.queries.ts";
import { findOverlap, holds, isStretch, overlap } from "./teams.rules.ts";

export const teamErrors = defineErrors("teams", {
  team_name_taken: { status: 409, meaning: "There is a team of this name already." },
  team_limit: { status: 409, meaning: "The workspace has 500 teams already. Delete some first." },
  team_days_wrong: { status: 400, meaning: "A stretch of days ends before it starts, or two of the same department or member share a day." },
  team_member_elsewhere: { status: 409, meaning: "A member is in another team on some of these days: everybody is in one team at a time." },
  team_changed: { status: 409, meaning: "Somebody else changed the team since it was read. Load it again." },
  team_member_unknown: { status: 400, meaning: "Somebody named is and was no member of this workspace." },
});

const TEAMS_MAX = 500;

/** Teams with who was in them when. */
export const listTeams = async (services: Services, workspaceId: string): Promise<TeamsReply> => {
  const today = await findTodayOf(services, workspaceId);
  return { items: await readTeams(services.db, workspaceId, today), today };
};

const findTodayOf = async (services: Services, workspaceId: string): Promise<string> =>
  queries.findToday(services.db, services.clock.now(), (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC");

const readTeams = async (db: Queryable, workspaceId: string, today: string): Promise<Team[]> => {
  const members = Map.groupBy(await queries.listMemberships(db, workspaceId), ({ teamId }) => teamId);
  const placements = Map.groupBy(await queries.listPlacements(db, workspaceId), ({ teamId }) => teamId);
  const known = new Map((await queries.listNamedMembers(db, workspaceId)).map((one) => [one.id, one]));
  return (await queries.listTeamRows(db, workspaceId)).map(({ id, name, createdAt, changedAt }) => {
    const departments = (placements.get(id) ?? []).map(({ department, from, to }) => ({ department, from, to }));
    return {
      id, name, departments,
      department: departments.find((one) => holds(one, today))?.department ?? null,
      members: (members.get(id) ?? []).map(({ memberId, from, to }) => ({ memberId, from, to, name: known.get(memberId)?.name ?? "", hasLeft: known.get(memberId)?.hasLeft ?? true })),
      createdAt: createdAt.toISOString(),
      changedAt: changedAt.toISOString(),
    };
  });
};

export const createTeam = (services: Services, actor: Actor, given: TeamBody): Promise<Team> =>
  changeTeams(services, actor, async (tx) => {
    const rows = await queries.listTeamRows(tx, actor.workspaceId);
    if (rows.length >= TEAMS_MAX) throw teamErrors.refuse("team_limit", `There are ${TEAMS_MAX} teams already. Delete some first.`);
    await refuseWrong(tx, actor.workspaceId, null, given);
    const id = newId();
    await queries.insertTeam(tx, actor.workspaceId, { id, name: given.name, at: services.clock.now() });
    await queries.replaceStretches(tx, actor.workspaceId, id, given);
    return { id, action: "team.created" };
  });

/** Changes a team, its past included: figures follow within moments. */
export const changeTeam = (services: Services, actor: Actor, id: string, { changedAt, ...given }: TeamChange): Promise<Team> =>
  changeTeams(services, actor, async (tx) => {
    const before = await requireTeam(tx, actor.workspaceId, id);
    const isOther = changedAt !== undefined && Date.parse(changedAt) !== before.changedAt.getTime();
    if (isOther) throw teamErrors.refuse("team_changed", `Somebody else changed "${before.name}" meanwhile. Load it again and repeat your change.`);
    await refuseWrong(tx, actor.workspaceId, id, given);
    await queries.updateTeam(tx, actor.workspaceId, { id, name: given.name, at: services.clock.now() });
    await queries.replaceStretches(tx, actor.workspaceId, id, given);
    return { id, action: "team.changed" };
  });

/** Takes a team away as if it had never been. One that ended is given last days instead. */
export const removeTeam = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    await queries.lockTeams(tx, actor.workspaceId);
    await requireTeam(tx, actor.workspaceId, id);
    await queries.deleteTeam(tx, actor.workspaceId, id);
    await recordAudit(tx, actor, { action: "team.removed", subject: id });
    await sayStaffingChanged(tx, actor.workspaceId);
  });
};

const changeTeams = async (services: Services, actor: Actor, change: (tx: Queryable) => Promise<{ id: string; action: string }>): Promise<Team> => {
  const today = await findTodayOf(services, actor.workspaceId);
  return transaction(services.db, async (tx) => {
    await queries.lockTeams(tx, actor.workspaceId);
    const { id, action } = await change(tx);
    await recordAudit(tx, actor, { action, subject: id });
    await sayStaffingChanged(tx, actor.workspaceId);
    const team = (await readTeams(tx, actor.workspaceId, today)).find((one) => one.id === id);
    if (team === undefined) throw new Error("A team that was written is there.");
    return team;
  });
};

/** Says that who served where, or who is known by which name, is other than before. */
export const sayStaffingChanged = (tx: Queryable, workspaceId: string): Promise<void> => publish(tx, { name: "staffing.changed", workspaceId, payload: {} });

const requireTeam = async (tx: Queryable, workspaceId: string, id: string): Promise<queries.TeamRow> => {
  const row = (await queries.listTeamRows(tx, workspaceId)).find((one) => one.id === id);
  if (row === undefined) throw httpErrors.refuse("not_found", "There is no such team in this workspace.");
  return row;
};

const refuseWrong = async (tx: Queryable, workspaceId: string, id: string | null, { name, departments, members }: TeamBody): Promise<void> => {
  const others = (await queries.listTeamRows(tx, workspaceId)).filter((row) => row.id !== id);
  if (others.some((row) => row.name.toLowerCase() === name.toLowerCase())) throw teamErrors.refuse("team_name_taken", `There is a team called "${name}" already.`);
  if (![...departments, ...members].every(isStretch)) throw teamErrors.refuse("team_days_wrong", "A stretch of days ends before it starts. The last day lies after the first.");
  const twice = findOverlap(departments, () => true);
  if (twice !== undefined) throw teamErrors.refuse("team_days_wrong", `The team would belong to "${twice.department}" and to another department on the same day.`);
  const known = new Map((await queries.listNamedMembers(tx, workspaceId)).map((one) => [one.id, one.name]));
  if (!members.every(({ memberId }) => known.has(memberId))) throw teamErrors.refuse("team_member_unknown", "Somebody in the list is no member of this workspace.");
  const doubled = findOverlap(members, (one, other) => one.memberId === other.memberId);
  if (doubled !== undefined) throw teamErrors.refuse("team_days_wrong", `${known.get(doubled.memberId) ?? ""} is in the list twice on the same day.`);
  const elsewhere = (await queries.listMemberships(tx, workspaceId)).filter(({ teamId }) => teamId !== id);
  for (const one of members) {
    const clash = elsewhere.find((other) => other.memberId === one.memberId && overlap(one, other));
    if (clash === undefined) continue;
    const team = others.find((row) => row.id === clash.teamId)?.name ?? "";
    throw teamErrors.refuse("team_member_elsewhere", `${known.get(one.memberId) ?? ""} is in "${team}" on some of these days. Let that end first.`);
  }
};
