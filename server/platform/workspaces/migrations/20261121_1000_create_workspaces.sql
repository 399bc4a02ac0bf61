create extension if not exists pg_trgm;

create table platform.workspaces (
  id uuid primary key,
  name text not null,
  time_zone text not null default 'UTC',
  is_demo boolean not null default false,
  -- Signs links to surveys and the like; never leaves the server.
  secret text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- Things of the whole installation: the set-up link, the version that ran last.
create table platform.installation (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
