-- One row is one identifier of an erased person, as a hash: a survey link made before the erasure must not bring the person back.
create table customers.erased_identifiers (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  -- SHA-256 of workspace and identifier, in hexadecimal digits.
  hash text not null,
  erased_at timestamptz not null,
  constraint erased_identifiers_pkey primary key (workspace_id, hash)
);
