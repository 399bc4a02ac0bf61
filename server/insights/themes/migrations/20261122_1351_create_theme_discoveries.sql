-- One row is a search for themes in all comments of a workspace, or only the giving of changed themes to all of them.
create table insights.theme_discoveries (
  id uuid primary key,
  workspace_id uuid not null,
  kind text not null,
  state text not null,
  phase text not null,
  -- 0-1 of the present phase.
  progress double precision not null default 0,
  comment_count integer not null default 0,
  theme_count integer,
  -- How far comments have been given their themes, and of which version.
  version integer,
  assigned_to uuid,
  member_id uuid,
  started_at timestamptz not null,
  moved_at timestamptz not null,
  ended_at timestamptz,
  constraint theme_discoveries_kind_check check (kind in ('discovery', 'assignment')),
  constraint theme_discoveries_state_check check (state in ('running', 'done', 'failed')),
  constraint theme_discoveries_phase_check check (phase in ('reading', 'grouping', 'assigning'))
);

create index theme_discoveries_workspace_id_started_at_index on insights.theme_discoveries (workspace_id, started_at desc, id desc);
create unique index theme_discoveries_running_index on insights.theme_discoveries (workspace_id) where state = 'running';
