-- `api` keys act for a program with the abilities they were given; `write` keys may only send interactions in, so a browser may carry them.
create table people.keys (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  kind text not null,
  name text not null,
  token_hash text not null,
  -- Write keys are public by nature and can be shown again; of api keys only the last characters stay.
  shown text not null,
  abilities text[] not null default '{}',
  created_by uuid,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint keys_kind_is_known check (kind in ('api', 'write'))
);

create unique index keys_token_hash_index on people.keys (token_hash);
create index keys_workspace_id_created_at_index on people.keys (workspace_id, created_at);
