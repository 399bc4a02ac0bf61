-- One row is one thing the register knows beside touchpoints: a stage of the relation, an environment customers are in, a product, or a
-- place such as a shop. Facts do not refer to it: whether it was seen is worked out from its names.
create table journeys.register_entries (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  kind text not null,
  name text not null,
  former_names text[] not null default '{}',
  -- What senders call it: numbers of shops, article numbers.
  also_called text[] not null default '{}',
  -- A property in which its name stands, beside the usual ones of its kind.
  field text,
  -- A larger one of the same kind that this one belongs to.
  parent_id uuid,
  -- Of stages: before, during or after the purchase.
  phase text,
  position integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint register_entries_pkey primary key (workspace_id, id),
  constraint register_entries_kind_check check (kind in ('stage', 'environment', 'product', 'place')),
  constraint register_entries_phase_check check (phase is null or (kind = 'stage' and phase in ('before', 'during', 'after'))),
  constraint register_entries_parent_fkey foreign key (workspace_id, parent_id) references journeys.register_entries (workspace_id, id) on delete set null (parent_id)
);

create unique index register_entries_name_index on journeys.register_entries (workspace_id, kind, lower(name));
create index register_entries_position_index on journeys.register_entries (workspace_id, kind, position, id);
create index register_entries_parent_id_index on journeys.register_entries (workspace_id, parent_id) where parent_id is not null;
