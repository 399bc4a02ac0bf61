create schema if not exists journeys;

-- One row is one place where customers meet the organisation. Interactions do not refer to it: which touchpoint they
-- belong to is worked out from these rows, so a changed rule renames the past as well.
create table journeys.touchpoints (
  id uuid not null,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  former_names text[] not null default '{}',
  kind text not null,
  stage text,
  channel text,
  owner_id uuid references people.members (id) on delete set null,
  initiator text not null,
  asks text not null default '',
  -- A list of rules; any of them may match. The shape is `matchingRule` of the contract.
  rules jsonb not null default '[]',
  position integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint touchpoints_pkey primary key (workspace_id, id),
  constraint touchpoints_key_key unique (workspace_id, key),
  constraint touchpoints_initiator_check check (initiator in ('customer', 'organisation', 'partner'))
);

create unique index touchpoints_name_index on journeys.touchpoints (workspace_id, lower(name));
create index touchpoints_position_index on journeys.touchpoints (workspace_id, position, id);
create index touchpoints_owner_id_index on journeys.touchpoints (owner_id) where owner_id is not null;
