-- One row is the picture of a segment that is a persona: small, and gone with it.
create table customers.segment_pictures (
  segment_id uuid primary key references customers.segments (id) on delete cascade,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  content_type text not null,
  content bytea not null,
  created_at timestamptz not null
);

create index segment_pictures_workspace_id_index on customers.segment_pictures (workspace_id);
