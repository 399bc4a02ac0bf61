-- One row is a gap between expectation and delivery that somebody took on. It keeps what was found then, in words and figures, so that it
-- stands by itself when the data moves on. `key` says which gap: its kind and where it is.
create table journeys.gap_assignments (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  key text not null,
  kind text not null,
  touchpoint text not null,
  title text not null,
  note text not null default '',
  figures jsonb not null,
  owner_id uuid references people.members (id) on delete set null,
  due_on date,
  status text not null default 'open',
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint gap_assignments_pkey primary key (workspace_id, id),
  constraint gap_assignments_status_check check (status in ('open', 'planned', 'done'))
);

create unique index gap_assignments_key_index on journeys.gap_assignments (workspace_id, md5(key));
create index gap_assignments_owner_id_index on journeys.gap_assignments (owner_id) where owner_id is not null;

-- One row is one change of such an assignment: what the fields are since.
create table journeys.gap_assignment_changes (
  workspace_id uuid not null,
  id uuid not null,
  assignment_id uuid not null,
  changes jsonb not null,
  member_id uuid references people.members (id) on delete set null,
  at timestamptz not null,
  constraint gap_assignment_changes_pkey primary key (workspace_id, id),
  constraint gap_assignment_changes_assignment_fkey foreign key (workspace_id, assignment_id) references journeys.gap_assignments (workspace_id, id) on delete cascade
);

create index gap_assignment_changes_at_index on journeys.gap_assignment_changes (workspace_id, assignment_id, at, id);
create index gap_assignment_changes_member_id_index on journeys.gap_assignment_changes (member_id) where member_id is not null;
