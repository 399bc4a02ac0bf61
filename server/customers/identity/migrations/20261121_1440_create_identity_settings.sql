-- What a workspace adds to the rules of identity: values that name nobody, and how many identifiers of a kind a customer may hold.
create table customers.identity_settings (
  workspace_id uuid primary key references platform.workspaces (id) on delete cascade,
  blocked_values text[] not null default '{}',
  per_kind jsonb not null default '{}',
  changed_at timestamptz not null default now()
);
