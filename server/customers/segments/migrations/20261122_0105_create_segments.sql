-- One row is a named set of customers: a contact list of entries, or a live segment that a rule decides anew each time.
create table customers.segments (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  description text not null default '',
  kind text not null,
  rule jsonb,
  -- As counted last; a list of segments does not count them all anew.
  customers bigint,
  counted_at timestamptz,
  created_at timestamptz not null,
  created_by_id uuid,
  changed_at timestamptz not null,
  constraint segments_kind_check check (kind in ('list', 'live')),
  constraint segments_rule_check check ((kind = 'live') = (rule is not null))
);
create index segments_workspace_id_name_index on customers.segments (workspace_id, lower(name), id);

-- One row puts whoever bears an identifier on a contact list, so that merges and their undo need no change here.
create table customers.list_entries (
  workspace_id uuid not null,
  segment_id uuid not null references customers.segments (id) on delete cascade,
  kind text not null,
  value text not null,
  -- Filled in once the identifier is known; a list may be uploaded before anybody of it was ever seen.
  identifier_id bigint references customers.identifiers (id) on delete cascade,
  added_at timestamptz not null,
  added_by_id uuid,
  constraint list_entries_pkey primary key (segment_id, kind, value)
);
create index list_entries_identifier_id_index on customers.list_entries (identifier_id);
create index list_entries_waiting_index on customers.list_entries (segment_id) where identifier_id is null;
create index list_entries_workspace_id_kind_value_index on customers.list_entries (workspace_id, kind, value);

-- Segments ask who has a trait of this name, or this value of it; texts are compared by their first hundred characters in small letters.
create index traits_name_value_index on customers.traits (name, lower(left(value #>> '{}', 100)));
-- Segments are walked page by page in the order of ids.
create index activity_workspace_id_customer_id_index on customers.activity (workspace_id, customer_id);
