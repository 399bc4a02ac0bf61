create schema if not exists customers;

-- One row is one thing a customer did or met. Rows are written once and never change; what is derived from them
-- (person, touchpoint, path) is looked up or kept in the analytics store.
-- The id is a hash of workspace and message id, so the primary key is the de-duplication, exact and for ever,
-- and needs no second index. That is also why the table is not partitioned by time: a unique key would have to contain the time.
-- No foreign key to workspaces: its check took a fifth of the time of an insert (measured); whoever deletes a workspace deletes these first.
create table customers.interactions (
  id uuid primary key,
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null,
  message_id text not null,
  type text not null,
  name text not null,
  subject text,
  user_id text,
  anonymous_id text,
  at timestamptz not null,
  received_at timestamptz not null,
  sent_at timestamptz,
  original_at timestamptz,
  channel text,
  touchpoint text,
  stage text,
  direction text not null default 'customer',
  source text not null,
  import_id uuid,
  member_id uuid,
  message json
);

-- Followers read committed rows in commit order by this.
create index interactions_xid_seq_index on customers.interactions (xid, seq);
-- One customer's timeline.
create index interactions_workspace_id_subject_at_index on customers.interactions (workspace_id, subject, at);
create index interactions_import_id_index on customers.interactions (import_id) where import_id is not null;

-- Rows taken away (undo of an import, erasure of a person): the analytics copy follows this list.
create table customers.deletions (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null,
  kind text not null,
  record_id uuid,
  import_id uuid
);

create index deletions_xid_seq_index on customers.deletions (xid, seq);
