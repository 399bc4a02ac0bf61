-- One row is one remark of a member about a map, a step or a card. Parts of the document have no rows of their own, so the ids refer to nothing.
create table journeys.map_comments (
  id uuid not null,
  workspace_id uuid not null,
  map_id uuid not null,
  step_id text,
  card_id text,
  text text not null,
  member_id uuid references people.members (id) on delete set null,
  mentions uuid[] not null default '{}',
  created_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid references people.members (id) on delete set null,
  constraint map_comments_pkey primary key (workspace_id, map_id, id),
  constraint map_comments_map_fkey foreign key (workspace_id, map_id) references journeys.maps (workspace_id, id) on delete cascade
);

create index map_comments_created_at_index on journeys.map_comments (workspace_id, map_id, created_at, id);
create index map_comments_member_id_index on journeys.map_comments (member_id) where member_id is not null;
create index map_comments_resolved_by_index on journeys.map_comments (resolved_by) where resolved_by is not null;
