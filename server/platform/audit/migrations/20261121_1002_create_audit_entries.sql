create table platform.audit_entries (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  subject text not null,
  details jsonb not null default '{}'
);

create index audit_entries_workspace_id_at_index on platform.audit_entries (workspace_id, at desc, id desc);
