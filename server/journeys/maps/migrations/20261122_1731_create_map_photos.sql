-- One row is one photo on a map. Photos are few and small, so they live beside the map: a backup has them, deleting the map takes them along.
create table journeys.map_photos (
  workspace_id uuid not null,
  map_id uuid not null,
  id uuid not null,
  name text not null,
  content_type text not null,
  content bytea not null,
  member_id uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  constraint map_photos_pkey primary key (workspace_id, map_id, id),
  constraint map_photos_map_fkey foreign key (workspace_id, map_id) references journeys.maps (workspace_id, id) on delete cascade
);

create index map_photos_member_id_index on journeys.map_photos (member_id) where member_id is not null;
