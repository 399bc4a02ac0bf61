-- One row is one statement about a customer, kept under the identifier it came with, so that it follows an undone merge.
create table customers.traits (
  id bigint generated always as identity primary key,
  identifier_id bigint not null references customers.identifiers (id) on delete cascade,
  name text not null,
  value jsonb not null,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  source text not null,
  interaction_id uuid
);
create index traits_identifier_id_name_at_index on customers.traits (identifier_id, name, at desc);

-- What a list of customers shows and searches; changes seldom. Derived.
create table customers.profiles (
  customer_id uuid primary key references customers.customers (id) on delete cascade,
  workspace_id uuid not null,
  is_anonymous boolean not null,
  name text not null,
  sort_name text not null,
  email text,
  search_text text not null
);
create index profiles_sort_name_index on customers.profiles (workspace_id, is_anonymous, sort_name, customer_id);
create index profiles_search_text_index on customers.profiles using gin (search_text gin_trgm_ops) with (gin_pending_list_limit = 512);

-- What changes with every interaction, apart from the profile: its search index would be written each time.
create table customers.activity (
  customer_id uuid primary key references customers.customers (id) on delete cascade,
  workspace_id uuid not null,
  is_anonymous boolean not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  interactions bigint not null default 0,
  last_score double precision,
  last_score_kind text,
  last_score_normalised double precision,
  last_score_at timestamptz,
  -- Customers without a score sort below the worst one.
  score_order double precision not null generated always as (coalesce(last_score_normalised, -2)) stored
) with (fillfactor = 80);
create index activity_last_seen_at_index on customers.activity (workspace_id, is_anonymous, last_seen_at, customer_id);
create index activity_first_seen_at_index on customers.activity (workspace_id, is_anonymous, first_seen_at, customer_id);
create index activity_interactions_index on customers.activity (workspace_id, is_anonymous, interactions, customer_id);
create index activity_score_order_index on customers.activity (workspace_id, is_anonymous, score_order, customer_id);

-- One row is one person erased on request: who did it and what went, without saying who it was.
create table customers.erasures (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  customer_id uuid not null,
  erased_at timestamptz not null default now(),
  erased_by_id uuid,
  report jsonb not null
);
create index erasures_workspace_id_erased_at_index on customers.erasures (workspace_id, erased_at desc, id desc);
