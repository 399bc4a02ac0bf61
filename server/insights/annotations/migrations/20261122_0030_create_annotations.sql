create schema if not exists insights;

-- One row is a short note about one day of the organisation: what charts over time show as a line, so that a turn can be read.
create table insights.annotations (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  -- A day of the workspace's calendar, not a moment: a chart in another time zone must not move it.
  day date not null,
  title text not null,
  created_by uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  constraint annotations_pkey primary key (workspace_id, id)
);

create index annotations_workspace_id_day_index on insights.annotations (workspace_id, day desc, id desc);
create index annotations_created_by_index on insights.annotations (created_by) where created_by is not null;
