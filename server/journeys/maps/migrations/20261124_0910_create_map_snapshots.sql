-- One row is a drawn map as it was at a revision. It says nothing that its first document and its edits do not say: it only spares carrying all of them out again.
create table journeys.map_snapshots (
  workspace_id uuid not null,
  map_id uuid not null,
  revision integer not null,
  -- The shape is `mapDocument` of the contract.
  document jsonb not null,
  constraint map_snapshots_pkey primary key (workspace_id, map_id, revision),
  constraint map_snapshots_map_fkey foreign key (workspace_id, map_id) references journeys.maps (workspace_id, id) on delete cascade
);
