create schema if not exists people;

-- Somebody who can sign in. One account may be a member of several workspaces.
create table people.accounts (
  id uuid primary key,
  email text not null,
  name text not null,
  password_hash text,
  created_at timestamptz not null default now(),
  constraint accounts_email_is_lower check (email = lower(email))
);

create unique index accounts_email_index on people.accounts (email);

create table people.members (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  account_id uuid not null references people.accounts (id) on delete cascade,
  role text not null,
  created_at timestamptz not null default now(),
  constraint members_role_is_known check (role in ('owner', 'admin', 'manager', 'agent', 'viewer'))
);

create unique index members_workspace_id_account_id_index on people.members (workspace_id, account_id);
create index members_account_id_index on people.members (account_id);

create table people.sessions (
  token_hash text primary key,
  account_id uuid not null references people.accounts (id) on delete cascade,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create index sessions_account_id_index on people.sessions (account_id);
create index sessions_workspace_id_index on people.sessions (workspace_id);

create table people.password_resets (
  token_hash text primary key,
  account_id uuid not null references people.accounts (id) on delete cascade,
  expires_at timestamptz not null
);

create index password_resets_account_id_index on people.password_resets (account_id);

-- Failed sign-ins per address, kept as a hash: an attacker's list of guesses is nobody's business.
create table people.sign_in_failures (
  email_hash text primary key,
  count integer not null,
  last_at timestamptz not null
);
