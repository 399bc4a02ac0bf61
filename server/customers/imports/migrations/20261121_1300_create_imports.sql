-- One row is one uploaded file and what became of it. `position` is the number of the last row that is settled: it moves in the
-- same transaction as the rows it settles, so an import that was killed goes on exactly behind them.
create table customers.imports (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  created_by text not null,
  file_name text not null,
  file_bytes bigint not null,
  file_hash text not null,
  has_file boolean not null default true,
  state text not null,
  run_token uuid,
  attempts int not null default 0,
  mapping json not null,
  notes json not null default '[]',
  sheets json not null default '[]',
  dry_run json,
  position bigint not null default 0,
  total_rows bigint,
  rows_read bigint not null default 0,
  rows_accepted bigint not null default 0,
  rows_refused bigint not null default 0,
  rows_repeated bigint not null default 0,
  rows_without_customer bigint not null default 0,
  perceptions_added bigint not null default 0,
  fault_code text,
  fault_message text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null,
  constraint imports_state_check check (state in ('ready', 'checking', 'queued', 'running', 'paused', 'done', 'failed', 'undoing', 'undone'))
);

create index imports_workspace_id_created_at_index on customers.imports (workspace_id, created_at desc, id desc);
-- What waits for a server to work on it.
create index imports_waiting_index on customers.imports (updated_at) where state in ('checking', 'queued', 'running', 'undoing');

-- One row is one row of a file that was refused, with its cells so that it can be mended and imported again.
create table customers.import_refusals (
  import_id uuid not null references customers.imports (id) on delete cascade,
  row_number bigint not null,
  workspace_id uuid not null,
  code text not null,
  reason text not null,
  cells json not null,
  constraint import_refusals_pkey primary key (import_id, row_number)
);
