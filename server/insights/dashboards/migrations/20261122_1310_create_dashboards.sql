-- One row is a board: tiles that show metrics, as a member put them together.
create table insights.dashboards (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  -- The period a board opens with: "90d".
  period text not null,
  -- A list of tiles; read through its schema, so that a tile of a kind that is gone is told from one that is whole.
  tiles jsonb not null,
  position integer not null,
  -- Goes up with every change. Who changes an older one is refused, so that two editors do not overwrite each other.
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid references people.members (id) on delete set null,
  changed_at timestamptz not null,
  changed_by uuid references people.members (id) on delete set null,
  -- Deleted boards can be brought back for thirty days.
  deleted_at timestamptz,
  constraint dashboards_pkey primary key (workspace_id, id)
);

create index dashboards_workspace_id_position_index on insights.dashboards (workspace_id, position, id) where deleted_at is null;
create index dashboards_deleted_at_index on insights.dashboards (deleted_at) where deleted_at is not null;
create index dashboards_created_by_index on insights.dashboards (created_by) where created_by is not null;
create index dashboards_changed_by_index on insights.dashboards (changed_by) where changed_by is not null;
