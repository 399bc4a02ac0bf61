-- One policy per workspace, over all channels and surveys. No row: the one we propose.
create table customers.contact_policies (
  workspace_id uuid primary key references platform.workspaces (id) on delete cascade,
  policy jsonb not null,
  changed_at timestamptz not null,
  changed_by_id uuid
);

-- One row is one decision whether somebody may be contacted, and why; or an answer given without having been asked.
create table customers.contact_ledger (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  -- The caller's: the same request again gets the same decision and counts once.
  key text not null,
  -- The customer of that moment. Who that is today is looked up through merges, so that merged customers share one budget.
  customer_id uuid references customers.customers (id) on delete cascade,
  -- SHA-256 of workspace and address: the budget follows an address before anybody knows whose it is.
  address_hash text,
  channel text not null,
  purpose text not null,
  kind text not null,
  reference_type text not null,
  reference_id text not null,
  reference_label text,
  is_reminder boolean not null,
  at timestamptz not null,
  decision text not null,
  reason text,
  rule text,
  until timestamptz,
  last_at timestamptz,
  last_channel text,
  -- What held for the customer then (stops, consent, complaint, time zone), so that a changed policy can be tried on the past.
  standing jsonb not null,
  answered_at timestamptz,
  constraint contact_ledger_workspace_id_key_key unique (workspace_id, key),
  constraint contact_ledger_decision_check check (decision in ('asked', 'not_asked', 'answered'))
);
create index contact_ledger_workspace_id_at_index on customers.contact_ledger (workspace_id, at desc, id desc);
create index contact_ledger_customer_id_at_index on customers.contact_ledger (customer_id, at desc);
create index contact_ledger_address_hash_index on customers.contact_ledger (workspace_id, address_hash, at desc) where address_hash is not null;

-- One row is one "do not contact me". Of an erased person the hash of the address stays, nothing else.
create table customers.contact_stops (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  customer_id uuid references customers.customers (id) on delete cascade,
  address_hash text,
  channel text not null,
  source text not null,
  stopped_at timestamptz not null,
  stopped_by_id uuid,
  lifted_at timestamptz,
  lifted_source text,
  constraint contact_stops_whose_check check (customer_id is not null or address_hash is not null)
);
create index contact_stops_customer_id_index on customers.contact_stops (customer_id);
create index contact_stops_address_hash_index on customers.contact_stops (workspace_id, address_hash) where address_hash is not null;

-- One row is one statement about agreement; the newest counts.
create table customers.contact_consents (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  customer_id uuid references customers.customers (id) on delete cascade,
  address_hash text,
  purpose text not null,
  channel text not null,
  is_given boolean not null,
  source text not null,
  at timestamptz not null,
  recorded_by_id uuid,
  constraint contact_consents_whose_check check (customer_id is not null or address_hash is not null)
);
create index contact_consents_customer_id_index on customers.contact_consents (customer_id);
create index contact_consents_address_hash_index on customers.contact_consents (workspace_id, address_hash) where address_hash is not null;

-- One row is one thing during which a customer is left alone, for instance an open complaint.
create table customers.contact_blocks (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  customer_id uuid not null references customers.customers (id) on delete cascade,
  reference_type text not null,
  reference_id text not null,
  reason text not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  constraint contact_blocks_pkey primary key (workspace_id, customer_id, reference_type, reference_id)
);
create index contact_blocks_customer_id_index on customers.contact_blocks (customer_id);

-- One row is one relationship survey that is due for a customer; transactional ones step back before it.
create table customers.contact_plans (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  customer_id uuid not null references customers.customers (id) on delete cascade,
  reference_type text not null,
  reference_id text not null,
  due_at timestamptz not null,
  constraint contact_plans_pkey primary key (workspace_id, reference_type, reference_id, customer_id)
);
create index contact_plans_customer_id_index on customers.contact_plans (customer_id);

-- Which customers went into one: looked up with every decision.
create index customers_merged_into_id_index on customers.customers (merged_into_id) where merged_into_id is not null;
