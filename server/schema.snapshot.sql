-- Written by `npm run check -- --write`; do not edit.

table customers.activity
  customer_id uuid not null
  workspace_id uuid not null
  is_anonymous boolean not null
  first_seen_at timestamp with time zone not null
  last_seen_at timestamp with time zone not null
  interactions bigint not null default 0
  last_score double precision
  last_score_kind text
  last_score_normalised double precision
  last_score_at timestamp with time zone
  score_order double precision not null default COALESCE(last_score_normalised, ('-2'::integer)::double precision)
  last_score_scale_max double precision
  constraint activity_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint activity_pkey PRIMARY KEY (customer_id)
  CREATE INDEX activity_first_seen_at_index ON customers.activity USING btree (workspace_id, is_anonymous, first_seen_at, customer_id)
  CREATE INDEX activity_interactions_index ON customers.activity USING btree (workspace_id, is_anonymous, interactions, customer_id)
  CREATE INDEX activity_last_seen_at_index ON customers.activity USING btree (workspace_id, is_anonymous, last_seen_at, customer_id)
  CREATE INDEX activity_score_order_index ON customers.activity USING btree (workspace_id, is_anonymous, score_order, customer_id)
  CREATE INDEX activity_workspace_id_customer_id_index ON customers.activity USING btree (workspace_id, customer_id)
  CREATE UNIQUE INDEX activity_pkey ON customers.activity USING btree (customer_id)

table customers.assignments
  identifier_id bigint not null
  valid_from timestamp with time zone not null default '-infinity'::timestamp with time zone
  valid_to timestamp with time zone not null default 'infinity'::timestamp with time zone
  customer_id uuid not null
  interactions bigint not null default 0
  first_at timestamp with time zone
  last_at timestamp with time zone
  constraint assignments_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint assignments_identifier_id_fkey FOREIGN KEY (identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  constraint assignments_pkey PRIMARY KEY (identifier_id, valid_from)
  CREATE INDEX assignments_customer_id_index ON customers.assignments USING btree (customer_id)
  CREATE UNIQUE INDEX assignments_pkey ON customers.assignments USING btree (identifier_id, valid_from)

table customers.claims
  id bigint not null identity
  workspace_id uuid not null
  strong_identifier_id bigint not null
  weak_identifier_id bigint not null
  rule text not null
  seen_at timestamp with time zone not null
  last_seen_at timestamp with time zone not null
  interaction_id uuid
  recorded_at timestamp with time zone not null default now()
  status text not null
  reason text
  decision text
  decided_by_id uuid
  decided_at timestamp with time zone
  constraint claims_decision_check CHECK ((decision = ANY (ARRAY['accepted'::text, 'refused'::text, 'retracted'::text])))
  constraint claims_pkey PRIMARY KEY (id)
  constraint claims_status_check CHECK ((status = ANY (ARRAY['live'::text, 'proposed'::text, 'refused'::text, 'retracted'::text])))
  constraint claims_strong_identifier_id_fkey FOREIGN KEY (strong_identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  constraint claims_weak_identifier_id_fkey FOREIGN KEY (weak_identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  CREATE INDEX claims_proposed_index ON customers.claims USING btree (workspace_id, recorded_at DESC, id DESC) WHERE (status = 'proposed'::text)
  CREATE INDEX claims_strong_identifier_id_index ON customers.claims USING btree (strong_identifier_id, weak_identifier_id)
  CREATE INDEX claims_weak_identifier_id_index ON customers.claims USING btree (weak_identifier_id)
  CREATE UNIQUE INDEX claims_pkey ON customers.claims USING btree (id)

table customers.cleared_changes
  log text not null
  xid xid8 not null
  seq bigint not null
  constraint cleared_changes_pkey PRIMARY KEY (log)
  CREATE UNIQUE INDEX cleared_changes_pkey ON customers.cleared_changes USING btree (log)

table customers.contact_blocks
  workspace_id uuid not null
  customer_id uuid not null
  reference_type text not null
  reference_id text not null
  reason text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone
  constraint contact_blocks_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint contact_blocks_pkey PRIMARY KEY (workspace_id, customer_id, reference_type, reference_id)
  constraint contact_blocks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX contact_blocks_customer_id_index ON customers.contact_blocks USING btree (customer_id)
  CREATE UNIQUE INDEX contact_blocks_pkey ON customers.contact_blocks USING btree (workspace_id, customer_id, reference_type, reference_id)

table customers.contact_consents
  id uuid not null
  workspace_id uuid not null
  customer_id uuid
  address_hash text
  purpose text not null
  channel text not null
  is_given boolean not null
  source text not null
  at timestamp with time zone not null
  recorded_by_id uuid
  constraint contact_consents_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint contact_consents_pkey PRIMARY KEY (id)
  constraint contact_consents_whose_check CHECK (((customer_id IS NOT NULL) OR (address_hash IS NOT NULL)))
  constraint contact_consents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX contact_consents_address_hash_index ON customers.contact_consents USING btree (workspace_id, address_hash) WHERE (address_hash IS NOT NULL)
  CREATE INDEX contact_consents_customer_id_index ON customers.contact_consents USING btree (customer_id)
  CREATE UNIQUE INDEX contact_consents_pkey ON customers.contact_consents USING btree (id)

table customers.contact_ledger
  id uuid not null
  workspace_id uuid not null
  key text not null
  customer_id uuid
  address_hash text
  channel text not null
  purpose text not null
  kind text not null
  reference_type text not null
  reference_id text not null
  reference_label text
  is_reminder boolean not null
  at timestamp with time zone not null
  decision text not null
  reason text
  rule text
  until timestamp with time zone
  last_at timestamp with time zone
  last_channel text
  standing jsonb not null
  answered_at timestamp with time zone
  constraint contact_ledger_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint contact_ledger_decision_check CHECK ((decision = ANY (ARRAY['asked'::text, 'not_asked'::text, 'answered'::text])))
  constraint contact_ledger_pkey PRIMARY KEY (id)
  constraint contact_ledger_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  constraint contact_ledger_workspace_id_key_key UNIQUE (workspace_id, key)
  CREATE INDEX contact_ledger_address_hash_index ON customers.contact_ledger USING btree (workspace_id, address_hash, at DESC) WHERE (address_hash IS NOT NULL)
  CREATE INDEX contact_ledger_customer_id_at_index ON customers.contact_ledger USING btree (customer_id, at DESC)
  CREATE INDEX contact_ledger_workspace_id_at_index ON customers.contact_ledger USING btree (workspace_id, at DESC, id DESC)
  CREATE UNIQUE INDEX contact_ledger_pkey ON customers.contact_ledger USING btree (id)
  CREATE UNIQUE INDEX contact_ledger_workspace_id_key_key ON customers.contact_ledger USING btree (workspace_id, key)

table customers.contact_plans
  workspace_id uuid not null
  customer_id uuid not null
  reference_type text not null
  reference_id text not null
  due_at timestamp with time zone not null
  constraint contact_plans_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint contact_plans_pkey PRIMARY KEY (workspace_id, reference_type, reference_id, customer_id)
  constraint contact_plans_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX contact_plans_customer_id_index ON customers.contact_plans USING btree (customer_id)
  CREATE UNIQUE INDEX contact_plans_pkey ON customers.contact_plans USING btree (workspace_id, reference_type, reference_id, customer_id)

table customers.contact_policies
  workspace_id uuid not null
  policy jsonb not null
  changed_at timestamp with time zone not null
  changed_by_id uuid
  constraint contact_policies_pkey PRIMARY KEY (workspace_id)
  constraint contact_policies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX contact_policies_pkey ON customers.contact_policies USING btree (workspace_id)

table customers.contact_stops
  id uuid not null
  workspace_id uuid not null
  customer_id uuid
  address_hash text
  channel text not null
  source text not null
  stopped_at timestamp with time zone not null
  stopped_by_id uuid
  lifted_at timestamp with time zone
  lifted_source text
  constraint contact_stops_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint contact_stops_pkey PRIMARY KEY (id)
  constraint contact_stops_whose_check CHECK (((customer_id IS NOT NULL) OR (address_hash IS NOT NULL)))
  constraint contact_stops_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX contact_stops_address_hash_index ON customers.contact_stops USING btree (workspace_id, address_hash) WHERE (address_hash IS NOT NULL)
  CREATE INDEX contact_stops_customer_id_index ON customers.contact_stops USING btree (customer_id)
  CREATE UNIQUE INDEX contact_stops_pkey ON customers.contact_stops USING btree (id)

table customers.customer_changes
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  workspace_id uuid not null
  customer_id uuid not null
  constraint customer_changes_pkey PRIMARY KEY (seq)
  CREATE INDEX customer_changes_xid_seq_index ON customers.customer_changes USING btree (xid, seq)
  CREATE UNIQUE INDEX customer_changes_pkey ON customers.customer_changes USING btree (seq)

table customers.customers
  id uuid not null
  workspace_id uuid not null
  created_at timestamp with time zone not null default now()
  merged_into_id uuid
  constraint customers_pkey PRIMARY KEY (id)
  constraint customers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  constraint customers_workspace_id_id_key UNIQUE (workspace_id, id)
  CREATE INDEX customers_merged_into_id_index ON customers.customers USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL)
  CREATE UNIQUE INDEX customers_pkey ON customers.customers USING btree (id)
  CREATE UNIQUE INDEX customers_workspace_id_id_key ON customers.customers USING btree (workspace_id, id)

table customers.dead_letters
  id uuid not null
  workspace_id uuid not null
  source text not null
  reason text not null
  detail text not null
  payload text not null
  received_at timestamp with time zone not null
  state text not null default 'open'::text
  resolved_at timestamp with time zone
  resolved_by uuid
  interaction_id uuid
  constraint dead_letters_pkey PRIMARY KEY (id)
  constraint dead_letters_state_check CHECK ((state = ANY (ARRAY['open'::text, 'replayed'::text, 'discarded'::text])))
  constraint dead_letters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX dead_letters_received_at_index ON customers.dead_letters USING btree (received_at)
  CREATE INDEX dead_letters_workspace_id_state_received_at_index ON customers.dead_letters USING btree (workspace_id, state, received_at DESC, id DESC)
  CREATE UNIQUE INDEX dead_letters_pkey ON customers.dead_letters USING btree (id)

table customers.deletions
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  workspace_id uuid not null
  kind text not null
  record_id uuid
  import_id uuid
  constraint deletions_pkey PRIMARY KEY (seq)
  CREATE INDEX deletions_xid_seq_index ON customers.deletions USING btree (xid, seq)
  CREATE UNIQUE INDEX deletions_pkey ON customers.deletions USING btree (seq)

table customers.erased_identifiers
  workspace_id uuid not null
  hash text not null
  erased_at timestamp with time zone not null
  constraint erased_identifiers_pkey PRIMARY KEY (workspace_id, hash)
  constraint erased_identifiers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX erased_identifiers_pkey ON customers.erased_identifiers USING btree (workspace_id, hash)

table customers.erasures
  id uuid not null
  workspace_id uuid not null
  customer_id uuid not null
  erased_at timestamp with time zone not null default now()
  erased_by_id uuid
  report jsonb not null
  constraint erasures_pkey PRIMARY KEY (id)
  constraint erasures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX erasures_workspace_id_erased_at_index ON customers.erasures USING btree (workspace_id, erased_at DESC, id DESC)
  CREATE UNIQUE INDEX erasures_pkey ON customers.erasures USING btree (id)

table customers.followed_changes
  copy_id uuid not null
  log text not null
  xid xid8 not null
  seq bigint not null
  told_at timestamp with time zone not null
  constraint followed_changes_log_check CHECK ((log = ANY (ARRAY['identity_changes'::text, 'customer_changes'::text, 'deletions'::text])))
  constraint followed_changes_pkey PRIMARY KEY (copy_id, log)
  CREATE UNIQUE INDEX followed_changes_pkey ON customers.followed_changes USING btree (copy_id, log)

table customers.groups
  id bigint not null identity
  workspace_id uuid not null
  key text not null
  name text not null
  traits jsonb not null default '{}'::jsonb
  traits_at timestamp with time zone not null default '-infinity'::timestamp with time zone
  first_seen_at timestamp with time zone not null default now()
  constraint groups_pkey PRIMARY KEY (id)
  constraint groups_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  constraint groups_workspace_id_key_key UNIQUE (workspace_id, key)
  CREATE INDEX groups_workspace_id_name_index ON customers.groups USING btree (workspace_id, name, id)
  CREATE UNIQUE INDEX groups_pkey ON customers.groups USING btree (id)
  CREATE UNIQUE INDEX groups_workspace_id_key_key ON customers.groups USING btree (workspace_id, key)

table customers.identifiers
  id bigint not null identity
  workspace_id uuid not null
  kind text not null
  value text not null
  is_blocked boolean not null default false
  home_customer_id uuid
  first_seen_at timestamp with time zone not null default now()
  constraint identifiers_pkey PRIMARY KEY (id)
  constraint identifiers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  constraint identifiers_workspace_id_kind_value_key UNIQUE (workspace_id, kind, value)
  CREATE UNIQUE INDEX identifiers_pkey ON customers.identifiers USING btree (id)
  CREATE UNIQUE INDEX identifiers_workspace_id_kind_value_key ON customers.identifiers USING btree (workspace_id, kind, value)

table customers.identity_changes
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  workspace_id uuid not null
  identifier_id bigint not null
  constraint identity_changes_pkey PRIMARY KEY (seq)
  CREATE INDEX identity_changes_xid_seq_index ON customers.identity_changes USING btree (xid, seq)
  CREATE UNIQUE INDEX identity_changes_pkey ON customers.identity_changes USING btree (seq)

table customers.identity_settings
  workspace_id uuid not null
  blocked_values text[] not null default '{}'::text[]
  per_kind jsonb not null default '{}'::jsonb
  changed_at timestamp with time zone not null default now()
  priority text[]
  constraint identity_settings_pkey PRIMARY KEY (workspace_id)
  constraint identity_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX identity_settings_pkey ON customers.identity_settings USING btree (workspace_id)

table customers.import_refusals
  import_id uuid not null
  row_number bigint not null
  workspace_id uuid not null
  code text not null
  reason text not null
  cells json not null
  constraint import_refusals_import_id_fkey FOREIGN KEY (import_id) REFERENCES customers.imports(id) ON DELETE CASCADE
  constraint import_refusals_pkey PRIMARY KEY (import_id, row_number)
  CREATE UNIQUE INDEX import_refusals_pkey ON customers.import_refusals USING btree (import_id, row_number)

table customers.imports
  id uuid not null
  workspace_id uuid not null
  created_by text not null
  file_name text not null
  file_bytes bigint not null
  file_hash text not null
  has_file boolean not null default true
  state text not null
  run_token uuid
  attempts integer not null default 0
  mapping json not null
  notes json not null default '[]'::json
  sheets json not null default '[]'::json
  dry_run json
  position bigint not null default 0
  total_rows bigint
  rows_read bigint not null default 0
  rows_accepted bigint not null default 0
  rows_refused bigint not null default 0
  rows_repeated bigint not null default 0
  rows_without_customer bigint not null default 0
  perceptions_added bigint not null default 0
  fault_code text
  fault_message text
  created_at timestamp with time zone not null
  started_at timestamp with time zone
  finished_at timestamp with time zone
  updated_at timestamp with time zone not null
  rows_left_out bigint not null default 0
  constraint imports_pkey PRIMARY KEY (id)
  constraint imports_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'checking'::text, 'queued'::text, 'running'::text, 'paused'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
  constraint imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX imports_waiting_index ON customers.imports USING btree (updated_at) WHERE (state = ANY (ARRAY['checking'::text, 'queued'::text, 'running'::text, 'undoing'::text]))
  CREATE INDEX imports_workspace_id_created_at_index ON customers.imports USING btree (workspace_id, created_at DESC, id DESC)
  CREATE UNIQUE INDEX imports_pkey ON customers.imports USING btree (id)

table customers.interactions
  id uuid not null
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  workspace_id uuid not null
  message_id text not null
  type text not null
  name text not null
  subject text
  user_id text
  anonymous_id text
  at timestamp with time zone not null
  received_at timestamp with time zone not null
  sent_at timestamp with time zone
  original_at timestamp with time zone
  channel text
  touchpoint text
  stage text
  direction text not null default 'customer'::text
  source text not null
  import_id uuid
  member_id uuid
  message json
  constraint interactions_pkey PRIMARY KEY (id)
  CREATE INDEX interactions_import_id_index ON customers.interactions USING btree (import_id) WHERE (import_id IS NOT NULL)
  CREATE INDEX interactions_workspace_id_subject_at_index ON customers.interactions USING btree (workspace_id, subject, at)
  CREATE INDEX interactions_xid_seq_index ON customers.interactions USING btree (xid, seq)
  CREATE UNIQUE INDEX interactions_pkey ON customers.interactions USING btree (id)

table customers.list_entries
  workspace_id uuid not null
  segment_id uuid not null
  kind text not null
  value text not null
  identifier_id bigint
  added_at timestamp with time zone not null
  added_by_id uuid
  constraint list_entries_identifier_id_fkey FOREIGN KEY (identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  constraint list_entries_pkey PRIMARY KEY (segment_id, kind, value)
  constraint list_entries_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES customers.segments(id) ON DELETE CASCADE
  CREATE INDEX list_entries_identifier_id_index ON customers.list_entries USING btree (identifier_id)
  CREATE INDEX list_entries_waiting_index ON customers.list_entries USING btree (segment_id) WHERE (identifier_id IS NULL)
  CREATE INDEX list_entries_workspace_id_kind_value_index ON customers.list_entries USING btree (workspace_id, kind, value)
  CREATE UNIQUE INDEX list_entries_pkey ON customers.list_entries USING btree (segment_id, kind, value)

table customers.memberships
  group_id bigint not null
  identifier_id bigint not null
  since timestamp with time zone not null
  constraint memberships_group_id_fkey FOREIGN KEY (group_id) REFERENCES customers.groups(id) ON DELETE CASCADE
  constraint memberships_identifier_id_fkey FOREIGN KEY (identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  constraint memberships_pkey PRIMARY KEY (group_id, identifier_id)
  CREATE INDEX memberships_identifier_id_index ON customers.memberships USING btree (identifier_id)
  CREATE UNIQUE INDEX memberships_pkey ON customers.memberships USING btree (group_id, identifier_id)

table customers.pending_counts
  id bigint not null identity
  identifier_ids bigint[] not null
  times timestamp with time zone[] not null
  constraint pending_counts_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX pending_counts_pkey ON customers.pending_counts USING btree (id)

table customers.pending_repairs
  workspace_id uuid not null
  subject text not null
  constraint pending_repairs_pkey PRIMARY KEY (workspace_id, subject)
  constraint pending_repairs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX pending_repairs_pkey ON customers.pending_repairs USING btree (workspace_id, subject)

table customers.perceptions
  id uuid not null
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  workspace_id uuid not null
  subject text
  interaction_id uuid
  at timestamp with time zone not null
  recorded_at timestamp with time zone not null default now()
  kind text not null
  value double precision
  scale_min double precision
  scale_max double precision
  normalised double precision
  choice text
  text text
  is_inferred boolean not null default false
  model_version text
  source text not null
  channel text
  touchpoint text
  stage text
  weight double precision not null default 1
  survey_id uuid
  response_id uuid
  import_id uuid
  properties json
  constraint perceptions_pkey PRIMARY KEY (id)
  CREATE INDEX perceptions_import_id_index ON customers.perceptions USING btree (import_id) WHERE (import_id IS NOT NULL)
  CREATE INDEX perceptions_response_id_index ON customers.perceptions USING btree (response_id) WHERE (response_id IS NOT NULL)
  CREATE INDEX perceptions_workspace_id_at_index ON customers.perceptions USING btree (workspace_id, at DESC, id DESC)
  CREATE INDEX perceptions_workspace_id_subject_at_index ON customers.perceptions USING btree (workspace_id, subject, at)
  CREATE INDEX perceptions_xid_seq_index ON customers.perceptions USING btree (xid, seq)
  CREATE UNIQUE INDEX perceptions_pkey ON customers.perceptions USING btree (id)

table customers.profiles
  customer_id uuid not null
  workspace_id uuid not null
  is_anonymous boolean not null
  name text not null
  sort_name text not null
  email text
  search_text text not null
  constraint profiles_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint profiles_pkey PRIMARY KEY (customer_id)
  CREATE INDEX profiles_search_text_index ON customers.profiles USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit='512')
  CREATE INDEX profiles_sort_name_index ON customers.profiles USING btree (workspace_id, is_anonymous, sort_name, customer_id)
  CREATE UNIQUE INDEX profiles_pkey ON customers.profiles USING btree (customer_id)

table customers.resolver
  id boolean not null default true
  generation uuid not null default gen_random_uuid()
  batch bigint not null default 0
  position_xid xid8 not null default '0'::xid8
  position_seq bigint not null default 0
  constraint resolver_id_check CHECK (id)
  constraint resolver_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX resolver_pkey ON customers.resolver USING btree (id)

table customers.segment_pictures
  segment_id uuid not null
  workspace_id uuid not null
  id uuid not null
  content_type text not null
  content bytea not null
  created_at timestamp with time zone not null
  constraint segment_pictures_pkey PRIMARY KEY (segment_id)
  constraint segment_pictures_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES customers.segments(id) ON DELETE CASCADE
  constraint segment_pictures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX segment_pictures_workspace_id_index ON customers.segment_pictures USING btree (workspace_id)
  CREATE UNIQUE INDEX segment_pictures_pkey ON customers.segment_pictures USING btree (segment_id)

table customers.segments
  id uuid not null
  workspace_id uuid not null
  name text not null
  description text not null default ''::text
  kind text not null
  rule jsonb
  customers bigint
  counted_at timestamp with time zone
  created_at timestamp with time zone not null
  created_by_id uuid
  changed_at timestamp with time zone not null
  story text
  entries_revision bigint not null default 0
  constraint segments_kind_check CHECK ((kind = ANY (ARRAY['list'::text, 'live'::text])))
  constraint segments_pkey PRIMARY KEY (id)
  constraint segments_rule_check CHECK (((kind = 'live'::text) = (rule IS NOT NULL)))
  constraint segments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX segments_workspace_id_name_index ON customers.segments USING btree (workspace_id, lower(name), id)
  CREATE UNIQUE INDEX segments_pkey ON customers.segments USING btree (id)

table customers.tombstones
  interaction_id uuid not null
  workspace_id uuid not null
  erased_at timestamp with time zone not null default now()
  constraint tombstones_pkey PRIMARY KEY (interaction_id)
  constraint tombstones_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX tombstones_workspace_id_index ON customers.tombstones USING btree (workspace_id)
  CREATE UNIQUE INDEX tombstones_pkey ON customers.tombstones USING btree (interaction_id)

table customers.trait_names
  workspace_id uuid not null
  name text not null
  constraint trait_names_pkey PRIMARY KEY (workspace_id, name)
  constraint trait_names_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX trait_names_pkey ON customers.trait_names USING btree (workspace_id, name)

table customers.traits
  id bigint not null identity
  identifier_id bigint not null
  name text not null
  value jsonb not null
  at timestamp with time zone not null
  recorded_at timestamp with time zone not null default now()
  source text not null
  interaction_id uuid
  constraint traits_identifier_id_fkey FOREIGN KEY (identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  constraint traits_pkey PRIMARY KEY (id)
  CREATE INDEX traits_identifier_id_name_at_index ON customers.traits USING btree (identifier_id, name, at DESC)
  CREATE INDEX traits_name_value_index ON customers.traits USING btree (name, lower("left"((value #>> '{}'::text[]), 100)))
  CREATE UNIQUE INDEX traits_pkey ON customers.traits USING btree (id)

table feedback.answers
  workspace_id uuid not null
  response_id uuid not null
  question_id text not null
  question_type text not null
  position integer not null
  number double precision
  choices text[]
  text text
  is_shown boolean not null
  is_recorded boolean not null default false
  details jsonb
  constraint answers_pkey PRIMARY KEY (workspace_id, response_id, question_id)
  CREATE UNIQUE INDEX answers_pkey ON feedback.answers USING btree (workspace_id, response_id, question_id)

table feedback.call_attempts
  workspace_id uuid not null
  list_id uuid not null
  target_id uuid not null
  number integer not null
  outcome text not null
  note text not null
  callback_at timestamp with time zone
  member_id uuid
  at timestamp with time zone not null
  constraint call_attempts_pkey PRIMARY KEY (workspace_id, list_id, target_id, number)
  constraint call_attempts_target_fkey FOREIGN KEY (workspace_id, list_id, target_id) REFERENCES feedback.call_targets(workspace_id, list_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX call_attempts_pkey ON feedback.call_attempts USING btree (workspace_id, list_id, target_id, number)

table feedback.call_lists
  workspace_id uuid not null
  id uuid not null
  survey_id uuid not null
  name text not null
  segment_id uuid not null
  status text not null
  script text not null
  kind text not null
  hours_from text not null
  hours_to text not null
  days integer[] not null
  attempts_max integer not null
  pause_hours integer not null
  created_by uuid
  created_at timestamp with time zone not null
  constraint call_lists_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint call_lists_pkey PRIMARY KEY (workspace_id, id)
  constraint call_lists_status_check CHECK ((status = ANY (ARRAY['filling'::text, 'open'::text, 'paused'::text, 'closed'::text])))
  constraint call_lists_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  constraint call_lists_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX call_lists_created_by_index ON feedback.call_lists USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX call_lists_survey_id_index ON feedback.call_lists USING btree (workspace_id, survey_id)
  CREATE UNIQUE INDEX call_lists_pkey ON feedback.call_lists USING btree (workspace_id, id)

table feedback.call_targets
  workspace_id uuid not null
  list_id uuid not null
  id uuid not null
  customer_id uuid not null
  state text not null default 'waiting'::text
  attempts integer not null default 0
  next_at timestamp with time zone not null
  is_callback boolean not null default false
  outcome text
  claimed_by uuid
  claimed_until timestamp with time zone
  skip_reason text
  constraint call_targets_customer_key UNIQUE (workspace_id, list_id, customer_id)
  constraint call_targets_list_fkey FOREIGN KEY (workspace_id, list_id) REFERENCES feedback.call_lists(workspace_id, id) ON DELETE CASCADE
  constraint call_targets_pkey PRIMARY KEY (workspace_id, list_id, id)
  constraint call_targets_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text])))
  CREATE INDEX call_targets_customer_id_index ON feedback.call_targets USING btree (workspace_id, customer_id)
  CREATE INDEX call_targets_next_at_index ON feedback.call_targets USING btree (workspace_id, list_id, is_callback DESC, next_at, id) WHERE (state = 'waiting'::text)
  CREATE UNIQUE INDEX call_targets_customer_key ON feedback.call_targets USING btree (workspace_id, list_id, customer_id)
  CREATE UNIQUE INDEX call_targets_pkey ON feedback.call_targets USING btree (workspace_id, list_id, id)

table feedback.consents
  workspace_id uuid not null
  response_id uuid not null
  question_id text not null
  purpose text not null
  is_given boolean not null
  constraint consents_pkey PRIMARY KEY (workspace_id, response_id, question_id)
  constraint consents_response_fkey FOREIGN KEY (workspace_id, response_id) REFERENCES feedback.responses(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX consents_pkey ON feedback.consents USING btree (workspace_id, response_id, question_id)

table feedback.delighted_memberships
  workspace_id uuid not null
  platform text not null
  person_id bigint not null
  properties jsonb not null default '{}'::jsonb
  next_at timestamp with time zone not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint delighted_memberships_person_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES feedback.delighted_people(workspace_id, id) ON DELETE CASCADE
  constraint delighted_memberships_pkey PRIMARY KEY (workspace_id, platform, person_id)
  constraint delighted_memberships_platform_check CHECK ((platform = ANY (ARRAY['email'::text, 'sms'::text])))
  CREATE INDEX delighted_memberships_next_at_index ON feedback.delighted_memberships USING btree (next_at)
  CREATE INDEX delighted_memberships_person_id_index ON feedback.delighted_memberships USING btree (workspace_id, person_id)
  CREATE UNIQUE INDEX delighted_memberships_pkey ON feedback.delighted_memberships USING btree (workspace_id, platform, person_id)

table feedback.delighted_people
  workspace_id uuid not null
  id bigint not null identity
  email text
  phone text
  name text
  properties jsonb not null default '{}'::jsonb
  unsubscribed_at timestamp with time zone
  created_at timestamp with time zone not null
  constraint delighted_people_address_check CHECK (((email IS NOT NULL) OR (phone IS NOT NULL)))
  constraint delighted_people_email_key UNIQUE (workspace_id, email)
  constraint delighted_people_phone_key UNIQUE (workspace_id, phone)
  constraint delighted_people_pkey PRIMARY KEY (workspace_id, id)
  constraint delighted_people_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX delighted_people_email_key ON feedback.delighted_people USING btree (workspace_id, email)
  CREATE UNIQUE INDEX delighted_people_phone_key ON feedback.delighted_people USING btree (workspace_id, phone)
  CREATE UNIQUE INDEX delighted_people_pkey ON feedback.delighted_people USING btree (workspace_id, id)

table feedback.delighted_projects
  workspace_id uuid not null
  survey_id uuid not null
  distribution_id uuid not null
  constraint delighted_projects_distribution_fkey FOREIGN KEY (workspace_id, distribution_id) REFERENCES feedback.distributions(workspace_id, id) ON DELETE CASCADE
  constraint delighted_projects_pkey PRIMARY KEY (workspace_id)
  constraint delighted_projects_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  constraint delighted_projects_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX delighted_projects_pkey ON feedback.delighted_projects USING btree (workspace_id)

table feedback.delighted_responses
  workspace_id uuid not null
  response_id uuid not null
  person_id bigint
  properties jsonb not null default '{}'::jsonb
  constraint delighted_responses_pkey PRIMARY KEY (workspace_id, response_id)
  constraint delighted_responses_response_fkey FOREIGN KEY (workspace_id, response_id) REFERENCES feedback.responses(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX delighted_responses_pkey ON feedback.delighted_responses USING btree (workspace_id, response_id)

table feedback.dialogues
  workspace_id uuid not null
  id uuid not null
  survey_id uuid not null
  version integer not null
  channel text not null
  language text not null
  subject text
  is_trial boolean not null
  answers jsonb not null default '{}'::jsonb
  question_id text
  attempt integer not null
  ended text
  turn integer not null default 0
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  keys text[] not null default '{}'::text[]
  constraint dialogues_channel_check CHECK ((channel = ANY (ARRAY['chat'::text, 'phone'::text])))
  constraint dialogues_ended_check CHECK ((ended = ANY (ARRAY['completed'::text, 'stopped'::text, 'not_understood'::text])))
  constraint dialogues_pkey PRIMARY KEY (workspace_id, id)
  constraint dialogues_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  constraint dialogues_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX dialogues_survey_id_index ON feedback.dialogues USING btree (workspace_id, survey_id)
  CREATE INDEX dialogues_updated_at_index ON feedback.dialogues USING btree (workspace_id, updated_at)
  CREATE UNIQUE INDEX dialogues_pkey ON feedback.dialogues USING btree (workspace_id, id)

table feedback.displays
  workspace_id uuid not null
  survey_id uuid not null
  day date not null
  shown bigint not null default 0
  started bigint not null default 0
  completed bigint not null default 0
  dismissed bigint not null default 0
  constraint displays_pkey PRIMARY KEY (workspace_id, survey_id, day)
  constraint displays_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX displays_pkey ON feedback.displays USING btree (workspace_id, survey_id, day)

table feedback.distribution_addresses
  workspace_id uuid not null
  distribution_id uuid not null
  position integer not null
  address text not null
  constraint distribution_addresses_address_key UNIQUE (workspace_id, distribution_id, address)
  constraint distribution_addresses_distribution_fkey FOREIGN KEY (workspace_id, distribution_id) REFERENCES feedback.distributions(workspace_id, id) ON DELETE CASCADE
  constraint distribution_addresses_pkey PRIMARY KEY (workspace_id, distribution_id, "position")
  CREATE UNIQUE INDEX distribution_addresses_address_key ON feedback.distribution_addresses USING btree (workspace_id, distribution_id, address)
  CREATE UNIQUE INDEX distribution_addresses_pkey ON feedback.distribution_addresses USING btree (workspace_id, distribution_id, "position")

table feedback.distribution_outlooks
  workspace_id uuid not null
  distribution_id uuid not null
  wave_at timestamp with time zone
  begun_at timestamp with time zone not null
  stage text not null default 'invited'::text
  position text
  planned integer not null default 0
  people integer not null default 0
  constraint distribution_outlooks_distribution_fkey FOREIGN KEY (workspace_id, distribution_id) REFERENCES feedback.distributions(workspace_id, id) ON DELETE CASCADE
  constraint distribution_outlooks_pkey PRIMARY KEY (workspace_id, distribution_id)
  constraint distribution_outlooks_stage_check CHECK ((stage = ANY (ARRAY['invited'::text, 'coming'::text, 'done'::text])))
  CREATE UNIQUE INDEX distribution_outlooks_pkey ON feedback.distribution_outlooks USING btree (workspace_id, distribution_id)

table feedback.distribution_waves
  workspace_id uuid not null
  distribution_id uuid not null
  number integer not null
  begins_at timestamp with time zone not null
  people integer not null
  planned integer not null default 0
  position text
  is_planned boolean not null default false
  constraint distribution_waves_distribution_fkey FOREIGN KEY (workspace_id, distribution_id) REFERENCES feedback.distributions(workspace_id, id) ON DELETE CASCADE
  constraint distribution_waves_pkey PRIMARY KEY (workspace_id, distribution_id, number)
  CREATE UNIQUE INDEX distribution_waves_pkey ON feedback.distribution_waves USING btree (workspace_id, distribution_id, number)

table feedback.distributions
  workspace_id uuid not null
  id uuid not null
  survey_id uuid not null
  name text not null
  state text not null default 'draft'::text
  settings jsonb not null
  wave integer not null default 0
  next_wave_at timestamp with time zone
  read_xid xid8
  read_seq bigint
  started_at timestamp with time zone
  created_by uuid
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  constraint distributions_pkey PRIMARY KEY (workspace_id, id)
  constraint distributions_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'running'::text, 'paused'::text, 'finished'::text, 'stopped'::text])))
  constraint distributions_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  constraint distributions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX distributions_running_index ON feedback.distributions USING btree (id) WHERE (state = 'running'::text)
  CREATE INDEX distributions_survey_id_index ON feedback.distributions USING btree (workspace_id, survey_id, created_at DESC, id DESC)
  CREATE UNIQUE INDEX distributions_pkey ON feedback.distributions USING btree (workspace_id, id)

table feedback.file_removals
  id uuid not null
  workspace_id uuid not null
  constraint file_removals_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX file_removals_pkey ON feedback.file_removals USING btree (id)

table feedback.files
  workspace_id uuid not null
  id uuid not null
  survey_id uuid not null
  response_id uuid
  question_id text
  name text not null
  content_type text not null
  size_bytes bigint not null
  is_used boolean not null default false
  created_by uuid
  created_at timestamp with time zone not null
  awaits_stripping boolean not null default false
  constraint files_pkey PRIMARY KEY (workspace_id, id)
  constraint files_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX files_response_id_index ON feedback.files USING btree (workspace_id, response_id) WHERE (response_id IS NOT NULL)
  CREATE INDEX files_survey_id_index ON feedback.files USING btree (workspace_id, survey_id)
  CREATE INDEX files_unstripped_index ON feedback.files USING btree (workspace_id, id) WHERE awaits_stripping
  CREATE INDEX files_unused_index ON feedback.files USING btree (created_at) WHERE ((response_id IS NOT NULL) AND (NOT is_used))
  CREATE UNIQUE INDEX files_id_index ON feedback.files USING btree (id)
  CREATE UNIQUE INDEX files_pkey ON feedback.files USING btree (workspace_id, id)

table feedback.formbricks_environments
  id text not null
  workspace_id uuid not null
  added_at timestamp with time zone not null
  constraint formbricks_environments_pkey PRIMARY KEY (id)
  constraint formbricks_environments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX formbricks_environments_workspace_id_index ON feedback.formbricks_environments USING btree (workspace_id, id)
  CREATE UNIQUE INDEX formbricks_environments_pkey ON feedback.formbricks_environments USING btree (id)

table feedback.imported_responses
  workspace_id uuid not null
  response_id uuid not null
  import_id uuid not null
  constraint imported_responses_import_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES feedback.response_imports(workspace_id, id) ON DELETE CASCADE
  constraint imported_responses_pkey PRIMARY KEY (workspace_id, response_id)
  constraint imported_responses_response_fkey FOREIGN KEY (workspace_id, response_id) REFERENCES feedback.responses(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX imported_responses_import_id_index ON feedback.imported_responses USING btree (workspace_id, import_id, response_id)
  CREATE UNIQUE INDEX imported_responses_pkey ON feedback.imported_responses USING btree (workspace_id, response_id)

table feedback.invitation_clicks
  workspace_id uuid not null
  id bigint not null identity
  invitation_id uuid not null
  at timestamp with time zone not null
  kind text not null
  value text
  constraint invitation_clicks_invitation_fkey FOREIGN KEY (workspace_id, invitation_id) REFERENCES feedback.invitations(workspace_id, id) ON DELETE CASCADE
  constraint invitation_clicks_kind_check CHECK ((kind = ANY (ARRAY['answer'::text, 'survey'::text, 'trap'::text, 'confirm'::text])))
  constraint invitation_clicks_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX invitation_clicks_invitation_id_index ON feedback.invitation_clicks USING btree (workspace_id, invitation_id, at)
  CREATE UNIQUE INDEX invitation_clicks_pkey ON feedback.invitation_clicks USING btree (workspace_id, id)

table feedback.invitations
  workspace_id uuid not null
  id uuid not null
  distribution_id uuid not null
  survey_id uuid not null
  wave integer not null
  person_key text not null
  customer_id uuid
  subject text
  email text
  phone text
  language text
  time_zone text
  state text not null default 'planned'::text
  channel text
  step integer not null default 0
  tries integer not null default 0
  next_at timestamp with time zone
  mail_id uuid
  text_id uuid
  reason text
  sent_at timestamp with time zone
  last_sent_at timestamp with time zone
  delivered_at timestamp with time zone
  clicked_at timestamp with time zone
  answered_at timestamp with time zone
  bounced_at timestamp with time zone
  soft_bounces integer not null default 0
  unsubscribed_at timestamp with time zone
  expires_at timestamp with time zone
  response_id uuid not null
  created_at timestamp with time zone not null
  dead_channels text[] not null default '{}'::text[]
  answer_revision integer not null default 0
  constraint invitations_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'text'::text])))
  constraint invitations_dead_channels_check CHECK ((dead_channels <@ ARRAY['email'::text, 'text'::text]))
  constraint invitations_distribution_fkey FOREIGN KEY (workspace_id, distribution_id) REFERENCES feedback.distributions(workspace_id, id) ON DELETE CASCADE
  constraint invitations_id_key UNIQUE (id)
  constraint invitations_person_key UNIQUE (workspace_id, distribution_id, wave, person_key)
  constraint invitations_pkey PRIMARY KEY (workspace_id, id)
  constraint invitations_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sent'::text, 'not_asked'::text, 'failed'::text, 'cancelled'::text])))
  CREATE INDEX invitations_due_index ON feedback.invitations USING btree (distribution_id, next_at, id) WHERE (next_at IS NOT NULL)
  CREATE INDEX invitations_list_index ON feedback.invitations USING btree (workspace_id, distribution_id, created_at DESC, id DESC)
  CREATE INDEX invitations_response_id_index ON feedback.invitations USING btree (workspace_id, response_id)
  CREATE INDEX invitations_survey_id_sent_at_index ON feedback.invitations USING btree (workspace_id, survey_id, sent_at) WHERE (sent_at IS NOT NULL)
  CREATE INDEX invitations_underway_index ON feedback.invitations USING btree (mail_id) WHERE ((mail_id IS NOT NULL) AND (state = 'sent'::text) AND ((delivered_at IS NULL) OR ((channel = 'email'::text) AND (delivered_at < last_sent_at))))
  CREATE UNIQUE INDEX invitations_id_key ON feedback.invitations USING btree (id)
  CREATE UNIQUE INDEX invitations_person_key ON feedback.invitations USING btree (workspace_id, distribution_id, wave, person_key)
  CREATE UNIQUE INDEX invitations_pkey ON feedback.invitations USING btree (workspace_id, id)

table feedback.kiosks
  workspace_id uuid not null
  id uuid not null
  name text not null
  place text not null default ''::text
  touchpoint text
  survey_id uuid not null
  idle_seconds integer not null
  pin_salt text not null
  pin_hash text not null
  pairing_hash text
  pairing_expires_at timestamp with time zone
  token_hash text
  paired_at timestamp with time zone
  last_seen_at timestamp with time zone
  waiting integer not null default 0
  created_by uuid
  created_at timestamp with time zone not null
  refused integer not null default 0
  problem text
  constraint kiosks_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint kiosks_pairing_hash_key UNIQUE (pairing_hash)
  constraint kiosks_pkey PRIMARY KEY (workspace_id, id)
  constraint kiosks_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  constraint kiosks_token_hash_key UNIQUE (token_hash)
  constraint kiosks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX kiosks_created_by_index ON feedback.kiosks USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX kiosks_survey_id_index ON feedback.kiosks USING btree (workspace_id, survey_id)
  CREATE UNIQUE INDEX kiosks_pairing_hash_key ON feedback.kiosks USING btree (pairing_hash)
  CREATE UNIQUE INDEX kiosks_pkey ON feedback.kiosks USING btree (workspace_id, id)
  CREATE UNIQUE INDEX kiosks_token_hash_key ON feedback.kiosks USING btree (token_hash)

table feedback.posters
  workspace_id uuid not null
  id uuid not null
  code text not null
  survey_id uuid not null
  place text not null
  touchpoint text
  headline text not null
  invitation text not null
  scans integer not null default 0
  last_scanned_at timestamp with time zone
  created_by uuid
  created_at timestamp with time zone not null
  constraint posters_code_key UNIQUE (code)
  constraint posters_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint posters_pkey PRIMARY KEY (workspace_id, id)
  constraint posters_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  constraint posters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX posters_created_by_index ON feedback.posters USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX posters_survey_id_index ON feedback.posters USING btree (workspace_id, survey_id)
  CREATE UNIQUE INDEX posters_code_key ON feedback.posters USING btree (code)
  CREATE UNIQUE INDEX posters_pkey ON feedback.posters USING btree (workspace_id, id)

table feedback.quota_counts
  workspace_id uuid not null
  survey_id uuid not null
  quota_id text not null
  let_in integer not null default 0
  constraint quota_counts_let_in_check CHECK ((let_in >= 0))
  constraint quota_counts_pkey PRIMARY KEY (workspace_id, survey_id, quota_id)
  constraint quota_counts_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX quota_counts_pkey ON feedback.quota_counts USING btree (workspace_id, survey_id, quota_id)

table feedback.response_changes
  workspace_id uuid not null
  response_id uuid not null
  seq bigint not null default nextval('feedback.response_changes_seq'::regclass)
  xid xid8 not null default pg_current_xact_id()
  constraint response_changes_pkey PRIMARY KEY (workspace_id, response_id)
  CREATE INDEX response_changes_xid_seq_index ON feedback.response_changes USING btree (xid, seq)
  CREATE UNIQUE INDEX response_changes_pkey ON feedback.response_changes USING btree (workspace_id, response_id)

table feedback.response_history
  workspace_id uuid not null
  id uuid not null
  response_id uuid not null
  kind text not null
  question_id text
  before jsonb
  after jsonb
  reason text
  member_id uuid
  at timestamp with time zone not null
  constraint response_history_kind_check CHECK ((kind = ANY (ARRAY['answer_corrected'::text, 'flagged'::text, 'unflagged'::text, 'anonymised'::text])))
  constraint response_history_pkey PRIMARY KEY (workspace_id, id)
  constraint response_history_response_fkey FOREIGN KEY (workspace_id, response_id) REFERENCES feedback.responses(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX response_history_response_id_index ON feedback.response_history USING btree (workspace_id, response_id, at, id)
  CREATE UNIQUE INDEX response_history_pkey ON feedback.response_history USING btree (workspace_id, id)

table feedback.response_imports
  workspace_id uuid not null
  id uuid not null
  survey_id uuid not null
  file_name text not null
  rows_read integer not null
  rows_added integer not null
  rows_repeated integer not null
  rows_refused integer not null
  created_by uuid
  created_at timestamp with time zone not null
  undone_at timestamp with time zone
  constraint response_imports_pkey PRIMARY KEY (workspace_id, id)
  constraint response_imports_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX response_imports_survey_id_index ON feedback.response_imports USING btree (workspace_id, survey_id, created_at DESC, id DESC)
  CREATE UNIQUE INDEX response_imports_pkey ON feedback.response_imports USING btree (workspace_id, id)

table feedback.response_notes
  workspace_id uuid not null
  id uuid not null
  response_id uuid not null
  text text not null
  member_id uuid
  created_at timestamp with time zone not null
  constraint response_notes_pkey PRIMARY KEY (workspace_id, id)
  constraint response_notes_response_fkey FOREIGN KEY (workspace_id, response_id) REFERENCES feedback.responses(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX response_notes_response_id_index ON feedback.response_notes USING btree (workspace_id, response_id, created_at, id)
  CREATE UNIQUE INDEX response_notes_pkey ON feedback.response_notes USING btree (workspace_id, id)

table feedback.responses
  workspace_id uuid not null
  id uuid not null
  survey_id uuid not null
  version integer not null
  state text not null
  revision integer not null
  language text not null
  channel text not null
  touchpoint text
  source text
  campaign text
  subject text
  started_at timestamp with time zone not null
  saved_at timestamp with time zone not null
  completed_at timestamp with time zone
  recorded_at timestamp with time zone
  outcome text not null default 'counted'::text
  flags text[] not null default '{}'::text[]
  ending_id text
  calculations jsonb
  tags text[] not null default '{}'::text[]
  words text
  score double precision
  has_comment boolean not null default false
  restated integer not null default 0
  anonymised_at timestamp with time zone
  search tsvector default to_tsvector('simple'::regconfig, feedback.plain_text(COALESCE(words, ''::text)))
  places text[]
  served_by text
  product text
  constraint responses_outcome_check CHECK ((outcome = ANY (ARRAY['counted'::text, 'screened_out'::text, 'over_quota'::text, 'flagged'::text])))
  constraint responses_pkey PRIMARY KEY (workspace_id, id)
  constraint responses_state_check CHECK ((state = ANY (ARRAY['partial'::text, 'complete'::text])))
  constraint responses_version_fkey FOREIGN KEY (workspace_id, survey_id, version) REFERENCES feedback.survey_versions(workspace_id, survey_id, number) ON DELETE CASCADE
  CREATE INDEX responses_answered_at_index ON feedback.responses USING btree (workspace_id, COALESCE(completed_at, saved_at) DESC, id DESC)
  CREATE INDEX responses_search_index ON feedback.responses USING gin (search) WHERE (words IS NOT NULL)
  CREATE INDEX responses_subject_index ON feedback.responses USING btree (workspace_id, subject) WHERE (subject IS NOT NULL)
  CREATE INDEX responses_survey_id_answered_at_index ON feedback.responses USING btree (workspace_id, survey_id, COALESCE(completed_at, saved_at) DESC, id DESC)
  CREATE INDEX responses_survey_id_started_at_index ON feedback.responses USING btree (workspace_id, survey_id, started_at DESC, id DESC)
  CREATE INDEX responses_tags_index ON feedback.responses USING gin (tags) WHERE (tags <> '{}'::text[])
  CREATE INDEX responses_uncounted_index ON feedback.responses USING btree (workspace_id, COALESCE(completed_at, saved_at) DESC, id DESC) WHERE (outcome <> 'counted'::text)
  CREATE INDEX responses_unrecorded_index ON feedback.responses USING btree (saved_at) WHERE (recorded_at IS NULL)
  CREATE INDEX responses_version_index ON feedback.responses USING btree (workspace_id, survey_id, version)
  CREATE INDEX responses_words_index ON feedback.responses USING gin (feedback.plain_text(words) gin_trgm_ops) WHERE (words IS NOT NULL)
  CREATE UNIQUE INDEX responses_pkey ON feedback.responses USING btree (workspace_id, id)

table feedback.review_replies
  workspace_id uuid not null
  id uuid not null
  review_id uuid not null
  body text not null
  state text not null
  error text
  member_id uuid
  created_at timestamp with time zone not null
  sent_at timestamp with time zone
  constraint review_replies_pkey PRIMARY KEY (workspace_id, id)
  constraint review_replies_review_fkey FOREIGN KEY (workspace_id, review_id) REFERENCES feedback.reviews(workspace_id, id) ON DELETE CASCADE
  constraint review_replies_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'queued'::text, 'sent'::text, 'failed'::text])))
  CREATE INDEX review_replies_review_id_index ON feedback.review_replies USING btree (workspace_id, review_id, created_at DESC, id DESC)
  CREATE UNIQUE INDEX review_replies_pkey ON feedback.review_replies USING btree (workspace_id, id)

table feedback.review_sources
  workspace_id uuid not null
  id uuid not null
  kind text not null
  name text not null
  settings jsonb not null
  secrets jsonb not null
  is_active boolean not null default true
  created_at timestamp with time zone not null
  etag text
  last_modified text
  next_poll_at timestamp with time zone
  last_polled_at timestamp with time zone
  last_success_at timestamp with time zone
  last_new_count integer
  failures integer not null default 0
  last_error text
  is_read_to_end boolean not null default false
  unread_from text
  revision integer not null default 1
  constraint review_sources_pkey PRIMARY KEY (workspace_id, id)
  constraint review_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX review_sources_next_poll_at_index ON feedback.review_sources USING btree (next_poll_at) WHERE (is_active AND (next_poll_at IS NOT NULL))
  CREATE UNIQUE INDEX review_sources_pkey ON feedback.review_sources USING btree (workspace_id, id)

table feedback.review_versions
  workspace_id uuid not null
  review_id uuid not null
  number integer not null
  stars double precision
  title text not null
  body text not null
  written_at timestamp with time zone not null
  constraint review_versions_pkey PRIMARY KEY (workspace_id, review_id, number)
  constraint review_versions_review_fkey FOREIGN KEY (workspace_id, review_id) REFERENCES feedback.reviews(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX review_versions_pkey ON feedback.review_versions USING btree (workspace_id, review_id, number)

table feedback.review_widgets
  workspace_id uuid not null
  id uuid not null
  slug text not null
  name text not null
  settings jsonb not null
  is_published boolean not null default true
  created_at timestamp with time zone not null
  constraint review_widgets_pkey PRIMARY KEY (workspace_id, id)
  constraint review_widgets_slug_key UNIQUE (slug)
  constraint review_widgets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX review_widgets_pkey ON feedback.review_widgets USING btree (workspace_id, id)
  CREATE UNIQUE INDEX review_widgets_slug_key ON feedback.review_widgets USING btree (slug)

table feedback.reviews
  workspace_id uuid not null
  id uuid not null
  source_id uuid not null
  origin text not null
  external_id text not null
  version integer not null
  revision integer not null
  fingerprint text not null
  url text
  stars double precision
  stars_max double precision not null
  title text not null
  body text not null
  language text
  author_name text
  author_handle text
  author_identifiers text[] not null
  subject text
  is_assigned_by_hand boolean not null default false
  is_erased boolean not null default false
  reference jsonb not null
  written_at timestamp with time zone not null
  received_at timestamp with time zone not null
  answer text
  answered_at timestamp with time zone
  constraint reviews_external_id_key UNIQUE (workspace_id, origin, external_id)
  constraint reviews_pkey PRIMARY KEY (workspace_id, id)
  constraint reviews_source_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES feedback.review_sources(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX reviews_author_handle_index ON feedback.reviews USING btree (workspace_id, author_handle) WHERE ((author_handle IS NOT NULL) AND is_assigned_by_hand)
  CREATE INDEX reviews_source_id_index ON feedback.reviews USING btree (workspace_id, source_id, written_at DESC)
  CREATE INDEX reviews_subject_index ON feedback.reviews USING btree (workspace_id, subject) WHERE (subject IS NOT NULL)
  CREATE INDEX reviews_unmatched_index ON feedback.reviews USING btree (workspace_id, received_at) WHERE ((subject IS NULL) AND (author_identifiers <> '{}'::text[]) AND (NOT is_erased))
  CREATE INDEX reviews_written_at_index ON feedback.reviews USING btree (workspace_id, written_at DESC, id DESC) WHERE (NOT is_erased)
  CREATE UNIQUE INDEX reviews_external_id_key ON feedback.reviews USING btree (workspace_id, origin, external_id)
  CREATE UNIQUE INDEX reviews_pkey ON feedback.reviews USING btree (workspace_id, id)

table feedback.survey_versions
  workspace_id uuid not null
  survey_id uuid not null
  number integer not null
  definition jsonb not null
  published_by uuid
  published_at timestamp with time zone not null default now()
  constraint survey_versions_pkey PRIMARY KEY (workspace_id, survey_id, number)
  constraint survey_versions_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX survey_versions_pkey ON feedback.survey_versions USING btree (workspace_id, survey_id, number)

table feedback.surveys
  workspace_id uuid not null
  id uuid not null
  slug text not null
  name text not null
  status text not null
  draft jsonb not null
  draft_revision integer not null default 1
  published_version integer
  created_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  published_at timestamp with time zone
  closed_at timestamp with time zone
  settings jsonb not null default '{}'::jsonb
  constraint surveys_pkey PRIMARY KEY (workspace_id, id)
  constraint surveys_slug_key UNIQUE (slug)
  constraint surveys_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text])))
  constraint surveys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX surveys_workspace_id_updated_at_index ON feedback.surveys USING btree (workspace_id, updated_at DESC, id DESC)
  CREATE UNIQUE INDEX surveys_pkey ON feedback.surveys USING btree (workspace_id, id)
  CREATE UNIQUE INDEX surveys_slug_key ON feedback.surveys USING btree (slug)

table feedback.testimonials
  workspace_id uuid not null
  id uuid not null
  state text not null
  kind text not null
  review_id uuid
  subject text
  token_hash text
  email text
  author_name text
  author_title text
  stars double precision
  original text not null
  excerpt integer[]
  consent jsonb
  asked_at timestamp with time zone
  asked_by uuid
  given_at timestamp with time zone
  moderated_at timestamp with time zone
  moderated_by uuid
  created_at timestamp with time zone not null
  constraint testimonials_kind_check CHECK ((kind = ANY (ARRAY['testimonial'::text, 'review'::text])))
  constraint testimonials_pkey PRIMARY KEY (workspace_id, id)
  constraint testimonials_review_fkey FOREIGN KEY (workspace_id, review_id) REFERENCES feedback.reviews(workspace_id, id) ON DELETE CASCADE
  constraint testimonials_review_id_key UNIQUE (workspace_id, review_id)
  constraint testimonials_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'given'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
  constraint testimonials_token_hash_key UNIQUE (token_hash)
  constraint testimonials_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX testimonials_created_at_index ON feedback.testimonials USING btree (workspace_id, created_at DESC, id DESC)
  CREATE INDEX testimonials_subject_index ON feedback.testimonials USING btree (workspace_id, subject) WHERE (subject IS NOT NULL)
  CREATE UNIQUE INDEX testimonials_pkey ON feedback.testimonials USING btree (workspace_id, id)
  CREATE UNIQUE INDEX testimonials_review_id_key ON feedback.testimonials USING btree (workspace_id, review_id)
  CREATE UNIQUE INDEX testimonials_token_hash_key ON feedback.testimonials USING btree (token_hash)

table feedback.text_gateways
  workspace_id uuid not null
  kind text not null
  settings jsonb not null
  secrets jsonb not null
  hook text not null
  changed_at timestamp with time zone not null
  constraint text_gateways_hook_key UNIQUE (hook)
  constraint text_gateways_kind_check CHECK ((kind = ANY (ARRAY['fake'::text, 'twilio'::text, 'http'::text])))
  constraint text_gateways_pkey PRIMARY KEY (workspace_id)
  constraint text_gateways_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX text_gateways_hook_key ON feedback.text_gateways USING btree (hook)
  CREATE UNIQUE INDEX text_gateways_pkey ON feedback.text_gateways USING btree (workspace_id)

table feedback.texts
  workspace_id uuid not null
  id uuid not null
  key text not null
  phone text not null
  body text not null
  state text not null default 'waiting'::text
  provider_id text
  error text
  claimed_at timestamp with time zone
  created_at timestamp with time zone not null
  sent_at timestamp with time zone
  constraint texts_key UNIQUE (workspace_id, key)
  constraint texts_pkey PRIMARY KEY (workspace_id, id)
  constraint texts_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'handing_over'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'doubtful'::text])))
  constraint texts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX texts_created_at_index ON feedback.texts USING btree (workspace_id, created_at DESC, id DESC)
  CREATE INDEX texts_provider_id_index ON feedback.texts USING btree (workspace_id, provider_id) WHERE (provider_id IS NOT NULL)
  CREATE INDEX texts_waiting_index ON feedback.texts USING btree (created_at) WHERE (state = ANY (ARRAY['waiting'::text, 'handing_over'::text]))
  CREATE UNIQUE INDEX texts_key ON feedback.texts USING btree (workspace_id, key)
  CREATE UNIQUE INDEX texts_pkey ON feedback.texts USING btree (workspace_id, id)

table feedback.used_links
  workspace_id uuid not null
  survey_id uuid not null
  claim text not null
  response_id uuid not null
  used_at timestamp with time zone not null
  constraint used_links_pkey PRIMARY KEY (workspace_id, survey_id, claim)
  constraint used_links_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX used_links_response_id_index ON feedback.used_links USING btree (workspace_id, response_id)
  CREATE UNIQUE INDEX used_links_pkey ON feedback.used_links USING btree (workspace_id, survey_id, claim)

table feedback.website_settings
  workspace_id uuid not null
  is_proof_needed boolean not null
  changed_at timestamp with time zone not null
  constraint website_settings_pkey PRIMARY KEY (workspace_id)
  constraint website_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX website_settings_pkey ON feedback.website_settings USING btree (workspace_id)

table feedback.weightings
  workspace_id uuid not null
  survey_id uuid not null
  targets jsonb not null
  trim_low double precision not null
  trim_high double precision not null
  updated_by uuid
  updated_at timestamp with time zone not null default now()
  constraint weightings_pkey PRIMARY KEY (workspace_id, survey_id)
  constraint weightings_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX weightings_pkey ON feedback.weightings USING btree (workspace_id, survey_id)

table feedback.widget_placements
  workspace_id uuid not null
  survey_id uuid not null
  settings jsonb not null
  changed_at timestamp with time zone not null
  constraint widget_placements_pkey PRIMARY KEY (workspace_id, survey_id)
  constraint widget_placements_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES feedback.surveys(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX widget_placements_pkey ON feedback.widget_placements USING btree (workspace_id, survey_id)

table insights.alert_deliveries
  alert_id uuid not null
  way text not null
  workspace_id uuid not null
  rule_id uuid not null
  state text not null
  attempts integer not null default 0
  fault text
  tried_at timestamp with time zone
  constraint alert_deliveries_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES insights.alerts(id) ON DELETE CASCADE
  constraint alert_deliveries_pkey PRIMARY KEY (alert_id, way)
  constraint alert_deliveries_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES insights.alert_rules(id) ON DELETE CASCADE
  constraint alert_deliveries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX alert_deliveries_rule_id_index ON insights.alert_deliveries USING btree (rule_id)
  CREATE INDEX alert_deliveries_workspace_id_index ON insights.alert_deliveries USING btree (workspace_id, rule_id, way)
  CREATE UNIQUE INDEX alert_deliveries_pkey ON insights.alert_deliveries USING btree (alert_id, way)

table insights.alert_digests
  workspace_id uuid not null
  pace text not null
  told_until timestamp with time zone not null
  constraint alert_digests_pkey PRIMARY KEY (workspace_id, pace)
  constraint alert_digests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX alert_digests_pkey ON insights.alert_digests USING btree (workspace_id, pace)

table insights.alert_opinions
  alert_id uuid not null
  member_id uuid not null
  workspace_id uuid not null
  seen_at timestamp with time zone not null
  is_useful boolean
  constraint alert_opinions_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES insights.alerts(id) ON DELETE CASCADE
  constraint alert_opinions_pkey PRIMARY KEY (alert_id, member_id)
  constraint alert_opinions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX alert_opinions_workspace_id_index ON insights.alert_opinions USING btree (workspace_id)
  CREATE UNIQUE INDEX alert_opinions_pkey ON insights.alert_opinions USING btree (alert_id, member_id)

table insights.alert_rules
  id uuid not null
  workspace_id uuid not null
  preset text
  name text not null
  what text not null
  direction text not null
  sensitivity text not null
  smallest_change double precision not null
  filters jsonb not null
  told jsonb not null
  secrets jsonb not null default '{}'::jsonb
  is_on boolean not null default true
  snoozed_until timestamp with time zone
  state jsonb
  revision integer not null default 0
  next_look_at timestamp with time zone not null
  made_by uuid
  created_at timestamp with time zone not null
  deleted_at timestamp with time zone
  chat jsonb
  hook_host text
  constraint alert_rules_pkey PRIMARY KEY (id)
  constraint alert_rules_preset_unique UNIQUE (workspace_id, preset)
  constraint alert_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX alert_rules_next_look_at_index ON insights.alert_rules USING btree (next_look_at) WHERE (is_on AND (deleted_at IS NULL))
  CREATE INDEX alert_rules_workspace_id_index ON insights.alert_rules USING btree (workspace_id, created_at, id)
  CREATE UNIQUE INDEX alert_rules_pkey ON insights.alert_rules USING btree (id)
  CREATE UNIQUE INDEX alert_rules_preset_unique ON insights.alert_rules USING btree (workspace_id, preset)

table insights.alerts
  id uuid not null
  workspace_id uuid not null
  rule_id uuid not null
  step integer not null
  direction text not null
  raised_at timestamp with time zone not null
  ended_at timestamp with time zone
  end_reason text
  is_quiet boolean not null
  is_from_history boolean not null
  evidence jsonb not null
  told_at timestamp with time zone
  is_hushed boolean not null default false
  constraint alerts_pkey PRIMARY KEY (id)
  constraint alerts_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES insights.alert_rules(id) ON DELETE CASCADE
  constraint alerts_rule_id_step_unique UNIQUE (rule_id, step)
  constraint alerts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX alerts_hushed_index ON insights.alerts USING btree (raised_at, id) WHERE (is_hushed AND (told_at IS NULL) AND (ended_at IS NULL))
  CREATE INDEX alerts_workspace_id_raised_at_index ON insights.alerts USING btree (workspace_id, raised_at DESC, id DESC)
  CREATE UNIQUE INDEX alerts_open_index ON insights.alerts USING btree (rule_id) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX alerts_pkey ON insights.alerts USING btree (id)
  CREATE UNIQUE INDEX alerts_rule_id_step_unique ON insights.alerts USING btree (rule_id, step)

table insights.annotations
  workspace_id uuid not null
  id uuid not null
  day date not null
  title text not null
  created_by uuid
  created_at timestamp with time zone not null
  last_day date
  changed_at timestamp with time zone
  changed_by uuid
  deleted_at timestamp with time zone
  constraint annotations_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint annotations_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint annotations_days_in_order CHECK (((last_day IS NULL) OR (last_day > day)))
  constraint annotations_pkey PRIMARY KEY (workspace_id, id)
  constraint annotations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX annotations_changed_by_index ON insights.annotations USING btree (changed_by) WHERE (changed_by IS NOT NULL)
  CREATE INDEX annotations_created_by_index ON insights.annotations USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX annotations_workspace_id_day_index ON insights.annotations USING btree (workspace_id, day DESC, id DESC)
  CREATE UNIQUE INDEX annotations_pkey ON insights.annotations USING btree (workspace_id, id)

table insights.corrections
  id uuid not null
  workspace_id uuid not null
  perception_id uuid not null
  part text not null
  before jsonb not null
  after jsonb not null
  member_id uuid
  at timestamp with time zone not null
  is_withdrawal boolean not null default false
  place text not null default ''::text
  constraint corrections_pkey PRIMARY KEY (id)
  CREATE INDEX corrections_perception_id_index ON insights.corrections USING btree (perception_id)
  CREATE INDEX corrections_workspace_id_at_index ON insights.corrections USING btree (workspace_id, at DESC, id DESC)
  CREATE UNIQUE INDEX corrections_pkey ON insights.corrections USING btree (id)

table insights.custom_metric_changes
  workspace_id uuid not null
  metric_id uuid not null
  at timestamp with time zone not null
  id uuid not null
  before jsonb not null
  after jsonb not null
  constraint custom_metric_changes_metric_fkey FOREIGN KEY (workspace_id, metric_id) REFERENCES insights.custom_metrics(workspace_id, id) ON DELETE CASCADE
  constraint custom_metric_changes_pkey PRIMARY KEY (workspace_id, metric_id, at, id)
  CREATE UNIQUE INDEX custom_metric_changes_pkey ON insights.custom_metric_changes USING btree (workspace_id, metric_id, at, id)

table insights.custom_metrics
  workspace_id uuid not null
  id uuid not null
  name text not null
  description text not null default ''::text
  survey_id uuid not null
  formula text not null
  scale_min integer not null
  scale_max integer not null
  created_by uuid
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  constraint custom_metrics_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint custom_metrics_pkey PRIMARY KEY (workspace_id, id)
  constraint custom_metrics_scale_check CHECK (((scale_min <> scale_max) AND (abs((scale_max - scale_min)) <= 100)))
  constraint custom_metrics_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX custom_metrics_created_by_index ON insights.custom_metrics USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE UNIQUE INDEX custom_metrics_name_index ON insights.custom_metrics USING btree (workspace_id, lower(name))
  CREATE UNIQUE INDEX custom_metrics_pkey ON insights.custom_metrics USING btree (workspace_id, id)

table insights.dashboard_recipients
  workspace_id uuid not null
  id uuid not null
  schedule_id uuid not null
  member_id uuid
  address text
  token text not null
  confirmed_at timestamp with time zone
  left_at timestamp with time zone
  constraint dashboard_recipients_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE CASCADE
  constraint dashboard_recipients_pkey PRIMARY KEY (workspace_id, id)
  constraint dashboard_recipients_schedule_fkey FOREIGN KEY (workspace_id, schedule_id) REFERENCES insights.dashboard_schedules(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX dashboard_recipients_member_id_index ON insights.dashboard_recipients USING btree (member_id) WHERE (member_id IS NOT NULL)
  CREATE UNIQUE INDEX dashboard_recipients_address_key ON insights.dashboard_recipients USING btree (workspace_id, schedule_id, lower(address)) WHERE (address IS NOT NULL)
  CREATE UNIQUE INDEX dashboard_recipients_member_key ON insights.dashboard_recipients USING btree (workspace_id, schedule_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE UNIQUE INDEX dashboard_recipients_pkey ON insights.dashboard_recipients USING btree (workspace_id, id)
  CREATE UNIQUE INDEX dashboard_recipients_token_key ON insights.dashboard_recipients USING btree (token)

table insights.dashboard_schedules
  workspace_id uuid not null
  id uuid not null
  dashboard_id uuid not null
  rhythm text not null
  weekday integer
  month_day integer
  hour integer not null
  period text not null
  shows_comments boolean not null
  is_paused boolean not null default false
  next_at timestamp with time zone not null
  created_at timestamp with time zone not null
  created_by uuid
  constraint dashboard_schedules_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint dashboard_schedules_dashboard_fkey FOREIGN KEY (workspace_id, dashboard_id) REFERENCES insights.dashboards(workspace_id, id) ON DELETE CASCADE
  constraint dashboard_schedules_pkey PRIMARY KEY (workspace_id, id)
  constraint dashboard_schedules_rhythm_check CHECK ((rhythm = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text])))
  CREATE INDEX dashboard_schedules_created_by_index ON insights.dashboard_schedules USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX dashboard_schedules_dashboard_index ON insights.dashboard_schedules USING btree (workspace_id, dashboard_id, created_at)
  CREATE INDEX dashboard_schedules_next_at_index ON insights.dashboard_schedules USING btree (next_at) WHERE (NOT is_paused)
  CREATE UNIQUE INDEX dashboard_schedules_pkey ON insights.dashboard_schedules USING btree (workspace_id, id)

table insights.dashboard_sendings
  workspace_id uuid not null
  id uuid not null
  schedule_id uuid not null
  due_at timestamp with time zone not null
  sent_at timestamp with time zone
  recipients integer not null default 0
  has_pdf boolean not null default false
  problem text
  constraint dashboard_sendings_pkey PRIMARY KEY (workspace_id, id)
  constraint dashboard_sendings_schedule_fkey FOREIGN KEY (workspace_id, schedule_id) REFERENCES insights.dashboard_schedules(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX dashboard_sendings_due_key ON insights.dashboard_sendings USING btree (workspace_id, schedule_id, due_at)
  CREATE UNIQUE INDEX dashboard_sendings_pkey ON insights.dashboard_sendings USING btree (workspace_id, id)

table insights.dashboard_shares
  workspace_id uuid not null
  id uuid not null
  dashboard_id uuid not null
  name text not null
  secret_hash text not null
  password_hash text
  expires_at timestamp with time zone
  period jsonb not null
  filters jsonb not null
  is_filterable boolean not null
  shows_comments boolean not null
  is_for_printing boolean not null default false
  created_at timestamp with time zone not null
  created_by uuid
  revoked_at timestamp with time zone
  opened_count integer not null default 0
  last_opened_at timestamp with time zone
  choosable text[] not null default '{touchpoint,channel,stage}'::text[]
  constraint dashboard_shares_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint dashboard_shares_dashboard_fkey FOREIGN KEY (workspace_id, dashboard_id) REFERENCES insights.dashboards(workspace_id, id) ON DELETE CASCADE
  constraint dashboard_shares_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX dashboard_shares_created_by_index ON insights.dashboard_shares USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX dashboard_shares_dashboard_index ON insights.dashboard_shares USING btree (workspace_id, dashboard_id, created_at)
  CREATE UNIQUE INDEX dashboard_shares_pkey ON insights.dashboard_shares USING btree (workspace_id, id)
  CREATE UNIQUE INDEX dashboard_shares_secret_hash_key ON insights.dashboard_shares USING btree (secret_hash)

table insights.dashboards
  workspace_id uuid not null
  id uuid not null
  name text not null
  period text not null
  tiles jsonb not null
  position integer not null
  version integer not null default 1
  created_at timestamp with time zone not null
  created_by uuid
  changed_at timestamp with time zone not null
  changed_by uuid
  deleted_at timestamp with time zone
  seen_by text not null default 'everybody'::text
  seen_by_teams uuid[] not null default '{}'::uuid[]
  seen_by_roles text[] not null default '{}'::text[]
  changeable_by text not null default 'seers'::text
  owner_id uuid
  constraint dashboards_changeable_by_check CHECK ((changeable_by = ANY (ARRAY['seers'::text, 'oneself'::text])))
  constraint dashboards_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint dashboards_created_by_fkey FOREIGN KEY (created_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint dashboards_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint dashboards_pkey PRIMARY KEY (workspace_id, id)
  constraint dashboards_seen_by_check CHECK ((seen_by = ANY (ARRAY['everybody'::text, 'chosen'::text, 'oneself'::text])))
  constraint dashboards_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX dashboards_changed_by_index ON insights.dashboards USING btree (changed_by) WHERE (changed_by IS NOT NULL)
  CREATE INDEX dashboards_created_by_index ON insights.dashboards USING btree (created_by) WHERE (created_by IS NOT NULL)
  CREATE INDEX dashboards_deleted_at_index ON insights.dashboards USING btree (deleted_at) WHERE (deleted_at IS NOT NULL)
  CREATE INDEX dashboards_owner_id_index ON insights.dashboards USING btree (owner_id) WHERE (owner_id IS NOT NULL)
  CREATE INDEX dashboards_workspace_id_position_index ON insights.dashboards USING btree (workspace_id, "position", id) WHERE (deleted_at IS NULL)
  CREATE UNIQUE INDEX dashboards_pkey ON insights.dashboards USING btree (workspace_id, id)

table insights.learning_stops
  workspace_id uuid not null
  stopped_at timestamp with time zone not null
  member_id uuid
  constraint learning_stops_pkey PRIMARY KEY (workspace_id)
  CREATE UNIQUE INDEX learning_stops_pkey ON insights.learning_stops USING btree (workspace_id)

table insights.need_fact_bases
  workspace_id uuid not null
  measure text not null
  noted_at timestamp with time zone not null
  facts text[] not null
  case_limit double precision not null
  constraint need_fact_bases_pkey PRIMARY KEY (workspace_id, measure, noted_at)
  constraint need_fact_bases_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX need_fact_bases_pkey ON insights.need_fact_bases USING btree (workspace_id, measure, noted_at)

table insights.need_fact_settings
  workspace_id uuid not null
  settings jsonb not null
  updated_at timestamp with time zone not null
  constraint need_fact_settings_pkey PRIMARY KEY (workspace_id)
  constraint need_fact_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX need_fact_settings_pkey ON insights.need_fact_settings USING btree (workspace_id)

table insights.reading_bases
  workspace_id uuid not null
  base_version text not null
  since timestamp with time zone not null
  constraint reading_bases_pkey PRIMARY KEY (workspace_id)
  CREATE UNIQUE INDEX reading_bases_pkey ON insights.reading_bases USING btree (workspace_id)

table insights.reading_positions
  source text not null
  xid xid8 not null
  seq bigint not null
  constraint reading_positions_pkey PRIMARY KEY (source)
  CREATE UNIQUE INDEX reading_positions_pkey ON insights.reading_positions USING btree (source)

table insights.readings
  perception_id uuid not null
  workspace_id uuid not null
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null
  model_version text not null
  language text
  sentiment text not null
  sentiment_score double precision not null
  emotion text
  needs jsonb not null
  is_urgent boolean not null
  is_unsure boolean not null
  confidence jsonb not null
  personal_data jsonb not null
  mentions jsonb not null
  corrected text[] not null default '{}'::text[]
  named jsonb not null default '[]'::jsonb
  marked jsonb not null default '[]'::jsonb
  asked text
  constraint readings_pkey PRIMARY KEY (perception_id)
  CREATE INDEX readings_workspace_id_at_index ON insights.readings USING btree (workspace_id, at DESC, perception_id DESC)
  CREATE INDEX readings_xid_seq_index ON insights.readings USING btree (xid, seq)
  CREATE UNIQUE INDEX readings_pkey ON insights.readings USING btree (perception_id)

table insights.rereadings
  workspace_id uuid not null
  id uuid not null
  state text not null
  reason text not null
  model_version text
  begun_at timestamp with time zone not null
  ended_at timestamp with time zone
  comments_read bigint not null default 0
  comments_changed bigint not null default 0
  comments_total bigint not null
  position_at timestamp with time zone
  position_id uuid
  moved_at timestamp with time zone
  constraint rereadings_pkey PRIMARY KEY (workspace_id)
  CREATE UNIQUE INDEX rereadings_pkey ON insights.rereadings USING btree (workspace_id)

table insights.text_models
  id uuid not null
  workspace_id uuid not null
  number integer not null
  made_at timestamp with time zone not null
  base_version text not null
  corrections integer not null
  held_back integer not null
  score_before double precision
  score_after double precision
  state text not null
  differences bytea
  trials bytea
  constraint text_models_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX text_models_in_use_index ON insights.text_models USING btree (workspace_id) WHERE (state = 'in_use'::text)
  CREATE UNIQUE INDEX text_models_pkey ON insights.text_models USING btree (id)
  CREATE UNIQUE INDEX text_models_workspace_id_number_index ON insights.text_models USING btree (workspace_id, number)

table insights.theme_assignments
  perception_id uuid not null
  workspace_id uuid not null
  seq bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  version integer not null
  theme_ids uuid[] not null
  sure real[] not null
  added uuid[] not null default '{}'::uuid[]
  removed uuid[] not null default '{}'::uuid[]
  constraint theme_assignments_pkey PRIMARY KEY (perception_id)
  CREATE INDEX theme_assignments_added_index ON insights.theme_assignments USING btree (workspace_id) WHERE (added <> '{}'::uuid[])
  CREATE INDEX theme_assignments_removed_index ON insights.theme_assignments USING btree (workspace_id) WHERE (removed <> '{}'::uuid[])
  CREATE INDEX theme_assignments_workspace_id_index ON insights.theme_assignments USING btree (workspace_id, perception_id)
  CREATE INDEX theme_assignments_xid_seq_index ON insights.theme_assignments USING btree (xid, seq)
  CREATE UNIQUE INDEX theme_assignments_pkey ON insights.theme_assignments USING btree (perception_id)

table insights.theme_discoveries
  id uuid not null
  workspace_id uuid not null
  kind text not null
  state text not null
  phase text not null
  progress double precision not null default 0
  comment_count integer not null default 0
  theme_count integer
  version integer
  assigned_to uuid
  member_id uuid
  started_at timestamp with time zone not null
  moved_at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint theme_discoveries_kind_check CHECK ((kind = ANY (ARRAY['discovery'::text, 'assignment'::text])))
  constraint theme_discoveries_phase_check CHECK ((phase = ANY (ARRAY['reading'::text, 'grouping'::text, 'assigning'::text])))
  constraint theme_discoveries_pkey PRIMARY KEY (id)
  constraint theme_discoveries_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
  CREATE INDEX theme_discoveries_workspace_id_started_at_index ON insights.theme_discoveries USING btree (workspace_id, started_at DESC, id DESC)
  CREATE UNIQUE INDEX theme_discoveries_pkey ON insights.theme_discoveries USING btree (id)
  CREATE UNIQUE INDEX theme_discoveries_running_index ON insights.theme_discoveries USING btree (workspace_id) WHERE (state = 'running'::text)

table insights.theme_positions
  source text not null
  xid xid8 not null
  seq bigint not null
  constraint theme_positions_pkey PRIMARY KEY (source)
  CREATE UNIQUE INDEX theme_positions_pkey ON insights.theme_positions USING btree (source)

table insights.theme_sets
  workspace_id uuid not null
  version integer not null
  discovered_at timestamp with time zone
  comment_count integer not null default 0
  constraint theme_sets_pkey PRIMARY KEY (workspace_id)
  CREATE UNIQUE INDEX theme_sets_pkey ON insights.theme_sets USING btree (workspace_id)

table insights.themes
  id uuid not null
  workspace_id uuid not null
  name text not null
  is_named boolean not null default false
  language text
  terms jsonb not null
  slope double precision not null
  term_offset double precision not null
  coherence double precision
  stability double precision
  state text not null
  merged_into uuid
  made_by text not null
  made_at timestamp with time zone not null
  retired_at timestamp with time zone
  constraint themes_made_by_check CHECK ((made_by = ANY (ARRAY['machine'::text, 'person'::text])))
  constraint themes_merged_into_check CHECK (((merged_into IS NULL) OR (merged_into <> id)))
  constraint themes_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES insights.themes(id) ON DELETE SET NULL
  constraint themes_pkey PRIMARY KEY (id)
  constraint themes_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'kept'::text, 'hidden'::text])))
  CREATE INDEX themes_merged_into_index ON insights.themes USING btree (merged_into)
  CREATE INDEX themes_workspace_id_index ON insights.themes USING btree (workspace_id, made_at, id)
  CREATE UNIQUE INDEX themes_pkey ON insights.themes USING btree (id)

table insights.writing_aids
  workspace_id uuid not null
  address text
  model text
  secrets jsonb not null default '{}'::jsonb
  writes_summaries boolean not null default false
  writes_drafts boolean not null default false
  changed_at timestamp with time zone not null
  constraint writing_aids_complete_check CHECK ((((address IS NOT NULL) AND (model IS NOT NULL)) OR (NOT (writes_summaries OR writes_drafts))))
  constraint writing_aids_pkey PRIMARY KEY (workspace_id)
  constraint writing_aids_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX writing_aids_pkey ON insights.writing_aids USING btree (workspace_id)

table journeys.gap_assignment_changes
  workspace_id uuid not null
  id uuid not null
  assignment_id uuid not null
  changes jsonb not null
  member_id uuid
  at timestamp with time zone not null
  constraint gap_assignment_changes_assignment_fkey FOREIGN KEY (workspace_id, assignment_id) REFERENCES journeys.gap_assignments(workspace_id, id) ON DELETE CASCADE
  constraint gap_assignment_changes_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint gap_assignment_changes_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX gap_assignment_changes_at_index ON journeys.gap_assignment_changes USING btree (workspace_id, assignment_id, at, id)
  CREATE INDEX gap_assignment_changes_member_id_index ON journeys.gap_assignment_changes USING btree (member_id) WHERE (member_id IS NOT NULL)
  CREATE UNIQUE INDEX gap_assignment_changes_pkey ON journeys.gap_assignment_changes USING btree (workspace_id, id)

table journeys.gap_assignments
  workspace_id uuid not null
  id uuid not null
  key text not null
  kind text not null
  touchpoint text not null
  title text not null
  note text not null default ''::text
  figures jsonb not null
  owner_id uuid
  due_on date
  status text not null default 'open'::text
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  is_of_one_member boolean not null default false
  constraint gap_assignments_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint gap_assignments_pkey PRIMARY KEY (workspace_id, id)
  constraint gap_assignments_status_check CHECK ((status = ANY (ARRAY['open'::text, 'planned'::text, 'done'::text])))
  constraint gap_assignments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX gap_assignments_owner_id_index ON journeys.gap_assignments USING btree (owner_id) WHERE (owner_id IS NOT NULL)
  CREATE UNIQUE INDEX gap_assignments_key_index ON journeys.gap_assignments USING btree (workspace_id, md5(key))
  CREATE UNIQUE INDEX gap_assignments_pkey ON journeys.gap_assignments USING btree (workspace_id, id)

table journeys.map_accounts
  id uuid not null
  workspace_id uuid not null
  map_id uuid not null
  customer_id uuid not null
  step_id text not null
  phase text not null
  feeling smallint
  motivation text not null default ''::text
  evidence text not null
  at timestamp with time zone not null
  perception_id uuid
  member_id uuid
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  constraint map_accounts_evidence_check CHECK ((evidence = ANY (ARRAY['assumed'::text, 'observed'::text, 'told'::text])))
  constraint map_accounts_map_fkey FOREIGN KEY (workspace_id, map_id) REFERENCES journeys.maps(workspace_id, id) ON DELETE CASCADE
  constraint map_accounts_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint map_accounts_phase_check CHECK ((phase = ANY (ARRAY['before'::text, 'during'::text, 'after'::text])))
  constraint map_accounts_pkey PRIMARY KEY (workspace_id, map_id, id)
  CREATE INDEX map_accounts_customer_id_index ON journeys.map_accounts USING btree (workspace_id, customer_id)
  CREATE INDEX map_accounts_member_id_index ON journeys.map_accounts USING btree (member_id) WHERE (member_id IS NOT NULL)
  CREATE UNIQUE INDEX map_accounts_pkey ON journeys.map_accounts USING btree (workspace_id, map_id, id)

table journeys.map_comments
  id uuid not null
  workspace_id uuid not null
  map_id uuid not null
  step_id text
  card_id text
  text text not null
  member_id uuid
  mentions uuid[] not null default '{}'::uuid[]
  created_at timestamp with time zone not null
  resolved_at timestamp with time zone
  resolved_by uuid
  constraint map_comments_map_fkey FOREIGN KEY (workspace_id, map_id) REFERENCES journeys.maps(workspace_id, id) ON DELETE CASCADE
  constraint map_comments_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint map_comments_pkey PRIMARY KEY (workspace_id, map_id, id)
  constraint map_comments_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES people.members(id) ON DELETE SET NULL
  CREATE INDEX map_comments_created_at_index ON journeys.map_comments USING btree (workspace_id, map_id, created_at, id)
  CREATE INDEX map_comments_member_id_index ON journeys.map_comments USING btree (member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX map_comments_resolved_by_index ON journeys.map_comments USING btree (resolved_by) WHERE (resolved_by IS NOT NULL)
  CREATE UNIQUE INDEX map_comments_pkey ON journeys.map_comments USING btree (workspace_id, map_id, id)

table journeys.map_edits
  workspace_id uuid not null
  map_id uuid not null
  id uuid not null
  revision integer not null
  change_count integer not null
  member_id uuid
  at timestamp with time zone not null
  edits jsonb not null
  refused jsonb not null
  restored_revision integer
  constraint map_edits_map_fkey FOREIGN KEY (workspace_id, map_id) REFERENCES journeys.maps(workspace_id, id) ON DELETE CASCADE
  constraint map_edits_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint map_edits_pkey PRIMARY KEY (workspace_id, map_id, id)
  CREATE INDEX map_edits_member_id_index ON journeys.map_edits USING btree (member_id) WHERE (member_id IS NOT NULL)
  CREATE UNIQUE INDEX map_edits_pkey ON journeys.map_edits USING btree (workspace_id, map_id, id)
  CREATE UNIQUE INDEX map_edits_revision_key ON journeys.map_edits USING btree (workspace_id, map_id, revision) WHERE (change_count > 0)

table journeys.map_photos
  workspace_id uuid not null
  map_id uuid not null
  id uuid not null
  name text not null
  content_type text not null
  content bytea not null
  member_id uuid
  created_at timestamp with time zone not null
  awaits_stripping boolean not null default false
  constraint map_photos_map_fkey FOREIGN KEY (workspace_id, map_id) REFERENCES journeys.maps(workspace_id, id) ON DELETE CASCADE
  constraint map_photos_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint map_photos_pkey PRIMARY KEY (workspace_id, map_id, id)
  CREATE INDEX map_photos_member_id_index ON journeys.map_photos USING btree (member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX map_photos_unstripped_index ON journeys.map_photos USING btree (workspace_id, map_id, id) WHERE awaits_stripping
  CREATE UNIQUE INDEX map_photos_pkey ON journeys.map_photos USING btree (workspace_id, map_id, id)

table journeys.map_presences
  workspace_id uuid not null
  map_id uuid not null
  id uuid not null
  member_id uuid not null
  came_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  constraint map_presences_map_fkey FOREIGN KEY (workspace_id, map_id) REFERENCES journeys.maps(workspace_id, id) ON DELETE CASCADE
  constraint map_presences_member_id_fkey FOREIGN KEY (member_id) REFERENCES people.members(id) ON DELETE CASCADE
  constraint map_presences_pkey PRIMARY KEY (workspace_id, map_id, id)
  CREATE INDEX map_presences_member_id_index ON journeys.map_presences USING btree (member_id)
  CREATE UNIQUE INDEX map_presences_pkey ON journeys.map_presences USING btree (workspace_id, map_id, id)

table journeys.map_snapshots
  workspace_id uuid not null
  map_id uuid not null
  revision integer not null
  document jsonb not null
  constraint map_snapshots_map_fkey FOREIGN KEY (workspace_id, map_id) REFERENCES journeys.maps(workspace_id, id) ON DELETE CASCADE
  constraint map_snapshots_pkey PRIMARY KEY (workspace_id, map_id, revision)
  CREATE UNIQUE INDEX map_snapshots_pkey ON journeys.map_snapshots USING btree (workspace_id, map_id, revision)

table journeys.maps
  id uuid not null
  workspace_id uuid not null
  name text not null
  description text not null default ''::text
  state text not null
  viewpoint jsonb not null
  owner_id uuid
  based_on uuid
  document jsonb not null
  first_document jsonb not null
  revision integer not null default 0
  steps integer not null
  bound_steps integer not null
  child_map_ids uuid[] not null default '{}'::uuid[]
  is_archived boolean not null default false
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  changed_by uuid
  constraint maps_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES people.members(id) ON DELETE SET NULL
  constraint maps_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint maps_pkey PRIMARY KEY (workspace_id, id)
  constraint maps_state_check CHECK ((state = ANY (ARRAY['as_is'::text, 'to_be'::text])))
  constraint maps_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX maps_changed_at_index ON journeys.maps USING btree (workspace_id, is_archived, changed_at DESC, id DESC)
  CREATE INDEX maps_changed_by_index ON journeys.maps USING btree (changed_by) WHERE (changed_by IS NOT NULL)
  CREATE INDEX maps_owner_id_index ON journeys.maps USING btree (owner_id) WHERE (owner_id IS NOT NULL)
  CREATE UNIQUE INDEX maps_pkey ON journeys.maps USING btree (workspace_id, id)

table journeys.register_entries
  workspace_id uuid not null
  id uuid not null
  kind text not null
  name text not null
  former_names text[] not null default '{}'::text[]
  also_called text[] not null default '{}'::text[]
  field text
  parent_id uuid
  phase text
  position integer not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint register_entries_kind_check CHECK ((kind = ANY (ARRAY['stage'::text, 'channel'::text, 'environment'::text, 'product'::text, 'place'::text])))
  constraint register_entries_parent_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES journeys.register_entries(workspace_id, id) ON DELETE SET NULL (parent_id)
  constraint register_entries_phase_check CHECK (((phase IS NULL) OR ((kind = 'stage'::text) AND (phase = ANY (ARRAY['before'::text, 'during'::text, 'after'::text])))))
  constraint register_entries_pkey PRIMARY KEY (workspace_id, id)
  constraint register_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX register_entries_parent_id_index ON journeys.register_entries USING btree (workspace_id, parent_id) WHERE (parent_id IS NOT NULL)
  CREATE INDEX register_entries_position_index ON journeys.register_entries USING btree (workspace_id, kind, "position", id)
  CREATE UNIQUE INDEX register_entries_name_index ON journeys.register_entries USING btree (workspace_id, kind, lower(name))
  CREATE UNIQUE INDEX register_entries_pkey ON journeys.register_entries USING btree (workspace_id, id)

table journeys.registers
  workspace_id uuid not null
  version bigint not null
  named_version bigint not null default 0
  constraint registers_pkey PRIMARY KEY (workspace_id)
  constraint registers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX registers_pkey ON journeys.registers USING btree (workspace_id)

table journeys.touchpoints
  id uuid not null
  workspace_id uuid not null
  key text not null
  name text not null
  former_names text[] not null default '{}'::text[]
  kind text not null
  stage text
  channel text
  owner_id uuid
  initiator text not null
  asks text not null default ''::text
  rules jsonb not null default '[]'::jsonb
  position integer not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  team text
  nature text not null default 'digital'::text
  environment text
  steps integer
  minutes double precision
  documents text[] not null default '{}'::text[]
  constraint touchpoints_initiator_check CHECK ((initiator = ANY (ARRAY['customer'::text, 'organisation'::text, 'partner'::text])))
  constraint touchpoints_key_key UNIQUE (workspace_id, key)
  constraint touchpoints_nature_check CHECK ((nature = ANY (ARRAY['physical'::text, 'digital'::text, 'human'::text])))
  constraint touchpoints_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people.members(id) ON DELETE SET NULL
  constraint touchpoints_pkey PRIMARY KEY (workspace_id, id)
  constraint touchpoints_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX touchpoints_owner_id_index ON journeys.touchpoints USING btree (owner_id) WHERE (owner_id IS NOT NULL)
  CREATE INDEX touchpoints_position_index ON journeys.touchpoints USING btree (workspace_id, "position", id)
  CREATE UNIQUE INDEX touchpoints_key_key ON journeys.touchpoints USING btree (workspace_id, key)
  CREATE UNIQUE INDEX touchpoints_name_index ON journeys.touchpoints USING btree (workspace_id, lower(name))
  CREATE UNIQUE INDEX touchpoints_pkey ON journeys.touchpoints USING btree (workspace_id, id)

table people.accounts
  id uuid not null
  email text not null
  name text not null
  password_hash text
  created_at timestamp with time zone not null default now()
  constraint accounts_email_is_lower CHECK ((email = lower(email)))
  constraint accounts_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX accounts_email_index ON people.accounts USING btree (email)
  CREATE UNIQUE INDEX accounts_pkey ON people.accounts USING btree (id)

table people.former_members
  id uuid not null
  workspace_id uuid not null
  name text not null
  email_hash text not null
  left_at timestamp with time zone not null
  constraint former_members_pkey PRIMARY KEY (id)
  constraint former_members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX former_members_workspace_id_index ON people.former_members USING btree (workspace_id)
  CREATE UNIQUE INDEX former_members_pkey ON people.former_members USING btree (id)

table people.invitations
  id uuid not null
  workspace_id uuid not null
  email text not null
  role text not null
  token_hash text not null
  invited_by uuid
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint invitations_pkey PRIMARY KEY (id)
  constraint invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX invitations_pkey ON people.invitations USING btree (id)
  CREATE UNIQUE INDEX invitations_token_hash_index ON people.invitations USING btree (token_hash)
  CREATE UNIQUE INDEX invitations_workspace_id_email_index ON people.invitations USING btree (workspace_id, email)

table people.keys
  id uuid not null
  workspace_id uuid not null
  kind text not null
  name text not null
  token_hash text not null
  shown text not null
  abilities text[] not null default '{}'::text[]
  created_by uuid
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone
  revoked_at timestamp with time zone
  constraint keys_kind_is_known CHECK ((kind = ANY (ARRAY['api'::text, 'write'::text])))
  constraint keys_pkey PRIMARY KEY (id)
  constraint keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX keys_workspace_id_created_at_index ON people.keys USING btree (workspace_id, created_at)
  CREATE UNIQUE INDEX keys_pkey ON people.keys USING btree (id)
  CREATE UNIQUE INDEX keys_token_hash_index ON people.keys USING btree (token_hash)

table people.members
  id uuid not null
  workspace_id uuid not null
  account_id uuid not null
  role text not null
  created_at timestamp with time zone not null default now()
  constraint members_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.accounts(id) ON DELETE CASCADE
  constraint members_pkey PRIMARY KEY (id)
  constraint members_role_is_known CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'agent'::text, 'viewer'::text])))
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX members_account_id_index ON people.members USING btree (account_id)
  CREATE UNIQUE INDEX members_pkey ON people.members USING btree (id)
  CREATE UNIQUE INDEX members_workspace_id_account_id_index ON people.members USING btree (workspace_id, account_id)

table people.password_resets
  token_hash text not null
  account_id uuid not null
  expires_at timestamp with time zone not null
  constraint password_resets_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.accounts(id) ON DELETE CASCADE
  constraint password_resets_pkey PRIMARY KEY (token_hash)
  CREATE INDEX password_resets_account_id_index ON people.password_resets USING btree (account_id)
  CREATE UNIQUE INDEX password_resets_pkey ON people.password_resets USING btree (token_hash)

table people.sessions
  token_hash text not null
  account_id uuid not null
  workspace_id uuid not null
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES people.accounts(id) ON DELETE CASCADE
  constraint sessions_pkey PRIMARY KEY (token_hash)
  constraint sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX sessions_account_id_index ON people.sessions USING btree (account_id)
  CREATE INDEX sessions_workspace_id_index ON people.sessions USING btree (workspace_id)
  CREATE UNIQUE INDEX sessions_pkey ON people.sessions USING btree (token_hash)

table people.sign_in_failures
  email_hash text not null
  count integer not null
  last_at timestamp with time zone not null
  constraint sign_in_failures_pkey PRIMARY KEY (email_hash)
  CREATE UNIQUE INDEX sign_in_failures_pkey ON people.sign_in_failures USING btree (email_hash)

table people.team_departments
  team_id uuid not null
  workspace_id uuid not null
  department text not null
  from_day date
  to_day date
  constraint team_departments_days_check CHECK ((from_day < to_day))
  constraint team_departments_team_id_fkey FOREIGN KEY (team_id) REFERENCES people.teams(id) ON DELETE CASCADE
  constraint team_departments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX team_departments_team_id_index ON people.team_departments USING btree (team_id)
  CREATE INDEX team_departments_workspace_id_index ON people.team_departments USING btree (workspace_id)

table people.team_members
  team_id uuid not null
  workspace_id uuid not null
  member_id uuid not null
  from_day date
  to_day date
  constraint team_members_days_check CHECK ((from_day < to_day))
  constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES people.teams(id) ON DELETE CASCADE
  constraint team_members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX team_members_team_id_index ON people.team_members USING btree (team_id)
  CREATE INDEX team_members_workspace_id_member_id_index ON people.team_members USING btree (workspace_id, member_id)

table people.teams
  id uuid not null
  workspace_id uuid not null
  name text not null
  created_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  constraint teams_pkey PRIMARY KEY (id)
  constraint teams_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE UNIQUE INDEX teams_pkey ON people.teams USING btree (id)
  CREATE UNIQUE INDEX teams_workspace_id_name_index ON people.teams USING btree (workspace_id, lower(name))

table platform.audit_entries
  id uuid not null
  workspace_id uuid not null
  at timestamp with time zone not null default now()
  actor_kind text not null
  actor_id uuid
  action text not null
  subject text not null
  details jsonb not null default '{}'::jsonb
  constraint audit_entries_pkey PRIMARY KEY (id)
  constraint audit_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX audit_entries_workspace_id_at_index ON platform.audit_entries USING btree (workspace_id, at DESC, id DESC)
  CREATE UNIQUE INDEX audit_entries_pkey ON platform.audit_entries USING btree (id)

table platform.events
  id bigint not null identity
  xid xid8 not null default pg_current_xact_id()
  workspace_id uuid not null
  name text not null
  payload jsonb not null
  at timestamp with time zone not null default now()
  constraint events_pkey PRIMARY KEY (id)
  CREATE INDEX events_at_index ON platform.events USING btree (at)
  CREATE INDEX events_workspace_id_xid_id_index ON platform.events USING btree (workspace_id, xid, id)
  CREATE UNIQUE INDEX events_pkey ON platform.events USING btree (id)

table platform.installation
  key text not null
  value jsonb not null
  changed_at timestamp with time zone not null default now()
  constraint installation_pkey PRIMARY KEY (key)
  CREATE UNIQUE INDEX installation_pkey ON platform.installation USING btree (key)

table platform.job_workers
  id text not null
  seen_at timestamp with time zone not null
  constraint job_workers_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX job_workers_pkey ON platform.job_workers USING btree (id)

table platform.mail_files
  id uuid not null
  workspace_id uuid not null
  name text not null
  content_type text not null
  content bytea not null
  created_at timestamp with time zone not null default now()
  constraint mail_files_pkey PRIMARY KEY (id)
  constraint mail_files_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX mail_files_created_at_index ON platform.mail_files USING btree (created_at)
  CREATE INDEX mail_files_workspace_id_index ON platform.mail_files USING btree (workspace_id)
  CREATE UNIQUE INDEX mail_files_pkey ON platform.mail_files USING btree (id)

table platform.mailbox_mails
  workspace_id uuid not null
  mailbox_id uuid not null
  fingerprint text not null
  id uuid not null
  outcome text not null
  reader text
  read_at timestamp with time zone not null
  size_bytes bigint not null
  reason text
  tries integer not null default 1
  sender text
  subject text
  content bytea
  constraint mailbox_mails_mailbox_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES platform.mailboxes(workspace_id, id) ON DELETE CASCADE
  constraint mailbox_mails_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'left'::text, 'failed'::text])))
  constraint mailbox_mails_pkey PRIMARY KEY (workspace_id, mailbox_id, fingerprint)
  CREATE INDEX mailbox_mails_read_at_index ON platform.mailbox_mails USING btree (read_at)
  CREATE UNIQUE INDEX mailbox_mails_failed_index ON platform.mailbox_mails USING btree (workspace_id, id) WHERE (outcome = 'failed'::text)
  CREATE UNIQUE INDEX mailbox_mails_pkey ON platform.mailbox_mails USING btree (workspace_id, mailbox_id, fingerprint)

table platform.mailboxes
  workspace_id uuid not null
  id uuid not null
  host text not null
  port integer not null
  encryption text not null
  username text not null
  secrets jsonb not null
  folder text not null
  every_minutes integer not null
  reads_old boolean not null
  is_active boolean not null
  created_at timestamp with time zone not null
  uid_validity bigint
  last_uid bigint not null default 0
  next_poll_at timestamp with time zone not null
  last_polled_at timestamp with time zone
  last_success_at timestamp with time zone
  failures integer not null default 0
  last_error text
  taken_count bigint not null default 0
  left_count bigint not null default 0
  revision integer not null default 1
  constraint mailboxes_encryption_check CHECK ((encryption = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text])))
  constraint mailboxes_folder_key UNIQUE (workspace_id, host, username, folder)
  constraint mailboxes_pkey PRIMARY KEY (workspace_id, id)
  constraint mailboxes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX mailboxes_next_poll_at_index ON platform.mailboxes USING btree (next_poll_at, id) WHERE is_active
  CREATE UNIQUE INDEX mailboxes_folder_key ON platform.mailboxes USING btree (workspace_id, host, username, folder)
  CREATE UNIQUE INDEX mailboxes_pkey ON platform.mailboxes USING btree (workspace_id, id)

table platform.mails
  id uuid not null
  workspace_id uuid
  recipient text not null
  subject text not null
  body_text text not null
  body_html text
  created_at timestamp with time zone not null default now()
  sent_at timestamp with time zone
  key text
  from_name text
  reply_to text
  return_path text
  message_id text
  headers jsonb
  is_once boolean not null default false
  claim uuid
  claimed_at timestamp with time zone
  handed_over_at timestamp with time zone
  refused_at timestamp with time zone
  refusal text
  file_ids uuid[] not null default '{}'::uuid[]
  constraint mails_pkey PRIMARY KEY (id)
  constraint mails_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX mails_waiting_index ON platform.mails USING btree (created_at) WHERE ((sent_at IS NULL) AND (refused_at IS NULL))
  CREATE INDEX mails_workspace_id_created_at_index ON platform.mails USING btree (workspace_id, created_at)
  CREATE UNIQUE INDEX mails_key_key ON platform.mails USING btree (key) WHERE (key IS NOT NULL)
  CREATE UNIQUE INDEX mails_pkey ON platform.mails USING btree (id)

table platform.migrations
  name text not null
  hash text not null
  applied_at timestamp with time zone not null default now()
  constraint migrations_pkey PRIMARY KEY (name)
  CREATE UNIQUE INDEX migrations_pkey ON platform.migrations USING btree (name)

table platform.workspaces
  id uuid not null
  name text not null
  time_zone text not null default 'UTC'::text
  is_demo boolean not null default false
  secret text not null
  settings jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  constraint workspaces_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX workspaces_is_demo_index ON platform.workspaces USING btree (is_demo) WHERE is_demo
  CREATE UNIQUE INDEX workspaces_pkey ON platform.workspaces USING btree (id)
