-- One row is one account (company, household, team) customers belong to.
create table customers.groups (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  traits jsonb not null default '{}',
  traits_at timestamptz not null default '-infinity',
  first_seen_at timestamptz not null default now(),
  constraint groups_workspace_id_key_key unique (workspace_id, key)
);
create index groups_workspace_id_name_index on customers.groups (workspace_id, name, id);

create table customers.memberships (
  group_id bigint not null references customers.groups (id) on delete cascade,
  identifier_id bigint not null references customers.identifiers (id) on delete cascade,
  since timestamptz not null,
  primary key (group_id, identifier_id)
);
create index memberships_identifier_id_index on customers.memberships (identifier_id);
