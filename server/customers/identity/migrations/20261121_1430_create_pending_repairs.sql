-- Subjects that lost rows to the undo of an import: what those rows said about identity is taken back afterwards.
create table customers.pending_repairs (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  subject text not null,
  primary key (workspace_id, subject)
);
