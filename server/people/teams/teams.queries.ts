import type { Queryable } from "#platform/db";
import type { Membership, Placement, TeamBody } from "./teams.contract.ts";

export type TeamRow = { id: string; name: string; createdAt: Date; changedAt: Date };

/** Teams by name; at most 500. */
export const listTeamRows = async (db: Queryable, workspaceId: string): Promise<TeamRow[]> => {
  const { rows } = await db.query<TeamRow>(
    `select id, name, created_at as "createdAt", changed_at as "changedAt" from people.teams where workspace_id = $1 order by lower(name), id limit 500`, [workspaceId]);
  return rows;
};

// Days go out as text: a date in the driver's hands would become a moment in the server's time zone.
/** Stretches of all teams of a workspace, in order of time. */
export const listMemberships = async (db: Queryable, workspaceId: string): Promise<(Membership & { teamId: string })[]> => {
  const { rows } = await db.query<Membership & { teamId: string }>(
    `select team_id as "teamId", member_id as "memberId", from_day::text as "from", to_day::text as "to"
     from people.team_members
     where workspace_id = $1
     order by from_day nulls first, to_day nulls last, member_id
     limit 100000`,
    [workspaceId],
  );
  return rows;
};

/** The team each member is in on a day; everybody is in one at a time. */
export const listTeamsOfMembers = async (db: Queryable, workspaceId: string, day: string): Promise<{ memberId: string; teamId: string }[]> => {
  const { rows } = await db.query<{ memberId: string; teamId: string }>(
    `select member_id as "memberId", team_id as "teamId"
     from people.team_members
     where workspace_id = $1 and (from_day is null or from_day <= $2::date) and (to_day is null or $2::date < to_day)
     order by member_id, team_id
     limit 20000`,
    [workspaceId, day],
  );
  return rows;
};

export const listPlacements = async (db: Queryable, workspaceId: string): Promise<(Placement & { teamId: string })[]> => {
  const { rows } = await db.query<Placement & { teamId: string }>(
    `select team_id as "teamId", department, from_day::text as "from", to_day::text as "to"
     from people.team_departments
     where workspace_id = $1
     order by from_day nulls first, to_day nulls last, department
     limit 50000`,
    [workspaceId],
  );
  return rows;
};

// Two people who change teams at once wait for each other, so that nobody is in two teams on one day.
export const lockTeams = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtext('people.teams'), hashtext($1))", [workspaceId]);
};

export const insertTeam = async (tx: Queryable, workspaceId: string, row: { id: string; name: string; at: Date }): Promise<void> => {
  await tx.query("insert into people.teams (id, workspace_id, name, created_at, changed_at) values ($1, $2, $3, $4, $4)", [row.id, workspaceId, row.name, row.at]);
};

export const updateTeam = async (tx: Queryable, workspaceId: string, row: { id: string; name: string; at: Date }): Promise<void> => {
  await tx.query("update people.teams set name = $3, changed_at = $4 where workspace_id = $1 and id = $2", [workspaceId, row.id, row.name, row.at]);
};

/** Stretches go with their team. */
export const deleteTeam = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from people.teams where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** Puts the stretches of a team in place of those it had. */
export const replaceStretches = async (tx: Queryable, workspaceId: string, teamId: string, { members, departments }: TeamBody): Promise<void> => {
  await tx.query("delete from people.team_members where workspace_id = $1 and team_id = $2", [workspaceId, teamId]);
  await tx.query("delete from people.team_departments where workspace_id = $1 and team_id = $2", [workspaceId, teamId]);
  await tx.query(
    `insert into people.team_members (workspace_id, team_id, member_id, from_day, to_day)
     select $1, $2, given.* from unnest($3::uuid[], $4::date[], $5::date[]) given`,
    [workspaceId, teamId, members.map((one) => one.memberId), members.map((one) => one.from), members.map((one) => one.to)],
  );
  await tx.query(
    `insert into people.team_departments (workspace_id, team_id, department, from_day, to_day)
     select $1, $2, given.* from unnest($3::text[], $4::date[], $5::date[]) given`,
    [workspaceId, teamId, departments.map((one) => one.department), departments.map((one) => one.from), departments.map((one) => one.to)],
  );
};

export type NamedMember = { id: string; name: string; hasLeft: boolean };

/** Everybody who is or was a member, by name; at most 20,000. */
export const listNamedMembers = async (db: Queryable, workspaceId: string): Promise<NamedMember[]> => {
  const { rows } = await db.query<NamedMember>(
    `select member.id, account.name, false as "hasLeft"
     from people.members member
     join people.accounts account on account.id = member.account_id
     where member.workspace_id = $1
     union all
     select id, name, true from people.former_members where workspace_id = $1
     order by name, id
     limit 20000`,
    [workspaceId],
  );
  return rows;
};

export type Addressed = { id: string; name: string; email: string | null; emailHash: string | null };

/** The same with their addresses, of those who left only hashes; who is here comes first. */
export const listAddressed = async (db: Queryable, workspaceId: string): Promise<Addressed[]> => {
  const { rows } = await db.query<Addressed>(
    `select id, name, email, "emailHash"
     from (
       select member.id, account.name, account.email, null as "emailHash", 0 as rank, null::timestamptz as left_at
       from people.members member
       join people.accounts account on account.id = member.account_id
       where member.workspace_id = $1
       union all
       select id, name, null, email_hash, 1, left_at from people.former_members where workspace_id = $1
     ) everybody
     order by rank, left_at desc, id
     limit 20000`,
    [workspaceId],
  );
  return rows;
};

export const insertFormerMember = async (tx: Queryable, workspaceId: string, row: { id: string; name: string; emailHash: string; leftAt: Date }): Promise<void> => {
  await tx.query(
    "insert into people.former_members (id, workspace_id, name, email_hash, left_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing",
    [row.id, workspaceId, row.name, row.emailHash, row.leftAt],
  );
};

/** The moments at which local days begin.
 *  @param days `2026-05-01`, each once */
export const listDayStarts = async (db: Queryable, days: readonly string[], timeZone: string): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ day: string; ms: number }>(
    `select given.day::text as day, (extract(epoch from (given.day::timestamp at time zone $2)) * 1000)::float8 as ms from unnest($1::date[]) given (day)`, [[...days], timeZone]);
  return new Map(rows.map(({ day, ms }) => [day, ms]));
};

/** The local day it is now. */
export const findToday = async (db: Queryable, now: Date, timeZone: string): Promise<string> => {
  const { rows } = await db.query<{ day: string }>("select ($1::timestamptz at time zone $2)::date::text as day", [now, timeZone]);
  const day = rows[0]?.day;
  if (day === undefined) throw new Error("PostgreSQL gave no day.");
  return day;
};
