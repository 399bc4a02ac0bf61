-- One row is what one named customer felt and what moved her before, during or after a step. Apart from the document, so that it can be erased with her:
-- a document is kept in all its revisions.
create table journeys.map_accounts (
  id uuid not null,
  workspace_id uuid not null,
  map_id uuid not null,
  customer_id uuid not null,
  step_id text not null,
  phase text not null,
  feeling smallint,
  motivation text not null default '',
  evidence text not null,
  -- When it was said or seen.
  at timestamptz not null,
  -- The feeling on her timeline, when she told it herself.
  perception_id uuid,
  member_id uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint map_accounts_pkey primary key (workspace_id, map_id, id),
  constraint map_accounts_map_fkey foreign key (workspace_id, map_id) references journeys.maps (workspace_id, id) on delete cascade,
  constraint map_accounts_phase_check check (phase in ('before', 'during', 'after')),
  constraint map_accounts_evidence_check check (evidence in ('assumed', 'observed', 'told'))
);

create index map_accounts_customer_id_index on journeys.map_accounts (workspace_id, customer_id);
create index map_accounts_member_id_index on journeys.map_accounts (member_id) where member_id is not null;
