-- One row is a team of members. Who was in it when, and to which department it belonged when, stands in two tables of stretches of days.
create table people.teams (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index teams_workspace_id_name_index on people.teams (workspace_id, lower(name));

-- Days are those of the workspace's clock; from its first day to before its last one. Null: since ever, until further notice.
create table people.team_departments (
  team_id uuid not null references people.teams (id) on delete cascade,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  department text not null,
  from_day date,
  to_day date,
  constraint team_departments_days_check check (from_day < to_day)
);
create index team_departments_team_id_index on people.team_departments (team_id);
create index team_departments_workspace_id_index on people.team_departments (workspace_id);

-- No reference to the member: who has left was in the team all the same.
create table people.team_members (
  team_id uuid not null references people.teams (id) on delete cascade,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  member_id uuid not null,
  from_day date,
  to_day date,
  constraint team_members_days_check check (from_day < to_day)
);
create index team_members_team_id_index on people.team_members (team_id);
create index team_members_workspace_id_member_id_index on people.team_members (workspace_id, member_id);

-- Whoever left keeps a name here, so that what customers said about their work does not turn into a number. Of the address only
-- a hash is kept: it tells whose work a record is about that names an address, and no mail can be sent to it.
create table people.former_members (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  email_hash text not null,
  left_at timestamptz not null
);
create index former_members_workspace_id_index on people.former_members (workspace_id);
