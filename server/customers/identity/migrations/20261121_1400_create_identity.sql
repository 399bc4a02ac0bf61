-- One row is one name a customer goes by somewhere. Rows of facts and feelings carry it as text, `kind:value`.
create table customers.identifiers (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  kind text not null,
  value text not null,
  -- Names nobody: junk found by rule, by the detector, or by a member.
  is_blocked boolean not null default false,
  -- The customer id this identifier brings with it, so that a part split off gets its old id back.
  home_customer_id uuid,
  first_seen_at timestamptz not null default now(),
  constraint identifiers_workspace_id_kind_value_key unique (workspace_id, kind, value)
);

create table customers.customers (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  created_at timestamptz not null default now(),
  -- Set while every identifier of this customer is with another one; addresses of pages keep working.
  merged_into_id uuid,
  constraint customers_workspace_id_id_key unique (workspace_id, id)
);

-- One row says: these two identifiers are one customer. On a device (the weak end is anonymous) one row is one run of sightings,
-- so a pair may have several. Rows are never deleted by a decision: a retracted claim must not come back with the next message.
create table customers.claims (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  strong_identifier_id bigint not null references customers.identifiers (id) on delete cascade,
  weak_identifier_id bigint not null references customers.identifiers (id) on delete cascade,
  rule text not null,
  seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  interaction_id uuid,
  recorded_at timestamptz not null default now(),
  status text not null,
  reason text,
  -- A person's word, which outranks every rule.
  decision text,
  decided_by_id uuid,
  decided_at timestamptz,
  constraint claims_status_check check (status in ('live', 'proposed', 'refused', 'retracted')),
  constraint claims_decision_check check (decision in ('accepted', 'refused', 'retracted'))
);
create index claims_strong_identifier_id_index on customers.claims (strong_identifier_id, weak_identifier_id);
create index claims_weak_identifier_id_index on customers.claims (weak_identifier_id);
create index claims_proposed_index on customers.claims (workspace_id, recorded_at desc, id desc) where status = 'proposed';

-- Derived from the claims: whose an identifier is, and when. Half open; a device that changes hands has several rows.
-- The counters let a merge or its undo add up a customer without reading the rows behind it.
create table customers.assignments (
  identifier_id bigint not null references customers.identifiers (id) on delete cascade,
  valid_from timestamptz not null default '-infinity',
  valid_to timestamptz not null default 'infinity',
  customer_id uuid not null references customers.customers (id) on delete cascade,
  interactions bigint not null default 0,
  first_at timestamptz,
  last_at timestamptz,
  primary key (identifier_id, valid_from)
) with (fillfactor = 80);
create index assignments_customer_id_index on customers.assignments (customer_id);

-- The analytics copy assigns the rows of these identifiers anew.
create table customers.identity_changes (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null,
  identifier_id bigint not null
);
create index identity_changes_xid_seq_index on customers.identity_changes (xid, seq);

-- One row in all. The number of the batch tells a resolver whether what it remembers is still true (another node, a rollback);
-- the position tells which rows are counted already.
create table customers.resolver (
  id boolean primary key default true check (id),
  generation uuid not null default gen_random_uuid(),
  batch bigint not null default 0,
  position_xid xid8 not null default '0',
  position_seq bigint not null default 0
);
insert into customers.resolver default values;

-- Ids (hashes of workspace and message) of erased interactions: a late duplicate must not bring a forgotten person back.
create table customers.tombstones (
  interaction_id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  erased_at timestamptz not null default now()
);
create index tombstones_workspace_id_index on customers.tombstones (workspace_id);
