create table platform.events (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null,
  name text not null,
  payload jsonb not null,
  at timestamptz not null default now()
);

create index events_workspace_id_xid_id_index on platform.events (workspace_id, xid, id);
create index events_at_index on platform.events (at);
