-- One row is a link that shows a board to whoever has it, without signing in.
create table insights.dashboard_shares (
  workspace_id uuid not null,
  id uuid not null,
  dashboard_id uuid not null,
  -- What members call the link: for whom it is.
  name text not null,
  -- The link holds 256 random bits; only their hash is kept.
  secret_hash text not null,
  password_hash text,
  expires_at timestamptz,
  -- Period and filters the visitor starts with, or is held to.
  period jsonb not null,
  filters jsonb not null,
  is_filterable boolean not null,
  shows_comments boolean not null,
  -- Made by the server for a few minutes, to print the board for a mail; members never see it.
  is_for_printing boolean not null default false,
  created_at timestamptz not null,
  created_by uuid references people.members (id) on delete set null,
  revoked_at timestamptz,
  opened_count integer not null default 0,
  last_opened_at timestamptz,
  constraint dashboard_shares_pkey primary key (workspace_id, id),
  constraint dashboard_shares_dashboard_fkey foreign key (workspace_id, dashboard_id) references insights.dashboards (workspace_id, id) on delete cascade
);

create unique index dashboard_shares_secret_hash_key on insights.dashboard_shares (secret_hash);
create index dashboard_shares_dashboard_index on insights.dashboard_shares (workspace_id, dashboard_id, created_at);
create index dashboard_shares_created_by_index on insights.dashboard_shares (created_by) where created_by is not null;
