-- One row is one drawn map as it stands, and as it began: what lies between is in `journeys.map_edits`.
create table journeys.maps (
  id uuid not null,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  description text not null default '',
  state text not null,
  viewpoint jsonb not null,
  owner_id uuid references people.members (id) on delete set null,
  -- The map it was copied from. No foreign key: the pair of columns cannot be set null in part.
  based_on uuid,
  -- The shape is `mapDocument` of the contract.
  document jsonb not null,
  first_document jsonb not null,
  revision integer not null default 0,
  -- Worked out from the document whenever it changes, so that the list need not read documents.
  steps integer not null,
  bound_steps integer not null,
  child_map_ids uuid[] not null default '{}',
  is_archived boolean not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by uuid references people.members (id) on delete set null,
  constraint maps_pkey primary key (workspace_id, id),
  constraint maps_state_check check (state in ('as_is', 'to_be'))
);

create index maps_changed_at_index on journeys.maps (workspace_id, is_archived, changed_at desc, id desc);
create index maps_owner_id_index on journeys.maps (owner_id) where owner_id is not null;
create index maps_changed_by_index on journeys.maps (changed_by) where changed_by is not null;

-- One row is one group of edits as it was received. The sender names it, so that a repeated request is known; a group of which nothing
-- was carried out has no revision of its own and bears the one it met.
create table journeys.map_edits (
  workspace_id uuid not null,
  map_id uuid not null,
  id uuid not null,
  revision integer not null,
  change_count integer not null,
  member_id uuid references people.members (id) on delete set null,
  at timestamptz not null,
  -- What was carried out, and what was not and why: `mapEdit` and `refusedEdit` of the contract.
  edits jsonb not null,
  refused jsonb not null,
  -- The revision this group brought back, when it is a restoration.
  restored_revision integer,
  constraint map_edits_pkey primary key (workspace_id, map_id, id),
  constraint map_edits_map_fkey foreign key (workspace_id, map_id) references journeys.maps (workspace_id, id) on delete cascade
);

create unique index map_edits_revision_key on journeys.map_edits (workspace_id, map_id, revision) where change_count > 0;
create index map_edits_member_id_index on journeys.map_edits (member_id) where member_id is not null;
