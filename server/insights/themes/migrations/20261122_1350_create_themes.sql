-- One row is a theme of a workspace's own comments. It is never deleted but by its makers: what people named, merged or hid is found again
-- by its words when themes are discovered anew.
create table insights.themes (
  id uuid primary key,
  workspace_id uuid not null,
  name text not null,
  -- Set once a person has named it: then no discovery names it again.
  is_named boolean not null default false,
  language text,
  -- [{ term, hash, weight }], strongest first: also its centre, by which it is known again.
  terms jsonb not null,
  slope double precision not null,
  term_offset double precision not null,
  coherence double precision,
  stability double precision,
  state text not null,
  merged_into uuid references insights.themes (id) on delete set null,
  made_by text not null,
  made_at timestamptz not null,
  -- Set when the last discovery did not find it again: it is kept for a while, in case the next does.
  retired_at timestamptz,
  constraint themes_state_check check (state in ('proposed', 'kept', 'hidden')),
  constraint themes_made_by_check check (made_by in ('machine', 'person')),
  constraint themes_merged_into_check check (merged_into is null or merged_into <> id)
);

create index themes_workspace_id_index on insights.themes (workspace_id, made_at, id);
create index themes_merged_into_index on insights.themes (merged_into);

-- One row for each workspace that has themes: the number rises whenever what finds them in comments changes.
create table insights.theme_sets (
  workspace_id uuid primary key,
  version integer not null,
  discovered_at timestamptz
);

-- One row is the themes found in one comment by one version of the workspace's themes.
create table insights.theme_assignments (
  perception_id uuid primary key,
  workspace_id uuid not null,
  seq bigint generated always as identity,
  -- Of the last change, so that the analytics copy follows it.
  xid xid8 not null default pg_current_xact_id(),
  version integer not null,
  theme_ids uuid[] not null,
  -- How sure each is, 0-1, in the same order.
  sure real[] not null
);

create index theme_assignments_xid_seq_index on insights.theme_assignments (xid, seq);
create index theme_assignments_workspace_id_index on insights.theme_assignments (workspace_id, perception_id);

-- How far readings have been given their themes, in the order of commit. One row.
create table insights.theme_positions (
  source text primary key,
  xid xid8 not null,
  seq bigint not null
);
insert into insights.theme_positions (source, xid, seq) values ('readings', '0', 0);
