-- One row is one page in a browser that shows a map just now. It says so again every few seconds, and says goodbye; a row that was not heard of again
-- is a browser that fell over, and is taken away by the next one that comes.
create table journeys.map_presences (
  workspace_id uuid not null,
  map_id uuid not null,
  id uuid not null,
  member_id uuid not null references people.members (id) on delete cascade,
  came_at timestamptz not null,
  seen_at timestamptz not null,
  constraint map_presences_pkey primary key (workspace_id, map_id, id),
  constraint map_presences_map_fkey foreign key (workspace_id, map_id) references journeys.maps (workspace_id, id) on delete cascade
);

create index map_presences_member_id_index on journeys.map_presences (member_id);
