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
  constraint activity_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
  constraint activity_pkey PRIMARY KEY (customer_id)
  CREATE INDEX activity_first_seen_at_index ON customers.activity USING btree (workspace_id, is_anonymous, first_seen_at, customer_id)
  CREATE INDEX activity_interactions_index ON customers.activity USING btree (workspace_id, is_anonymous, interactions, customer_id)
  CREATE INDEX activity_last_seen_at_index ON customers.activity USING btree (workspace_id, is_anonymous, last_seen_at, customer_id)
  CREATE INDEX activity_score_order_index ON customers.activity USING btree (workspace_id, is_anonymous, score_order, customer_id)
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

table customers.customers
  id uuid not null
  workspace_id uuid not null
  created_at timestamp with time zone not null default now()
  merged_into_id uuid
  constraint customers_pkey PRIMARY KEY (id)
  constraint customers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  constraint customers_workspace_id_id_key UNIQUE (workspace_id, id)
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

table customers.memberships
  group_id bigint not null
  identifier_id bigint not null
  since timestamp with time zone not null
  constraint memberships_group_id_fkey FOREIGN KEY (group_id) REFERENCES customers.groups(id) ON DELETE CASCADE
  constraint memberships_identifier_id_fkey FOREIGN KEY (identifier_id) REFERENCES customers.identifiers(id) ON DELETE CASCADE
  constraint memberships_pkey PRIMARY KEY (group_id, identifier_id)
  CREATE INDEX memberships_identifier_id_index ON customers.memberships USING btree (identifier_id)
  CREATE UNIQUE INDEX memberships_pkey ON customers.memberships USING btree (group_id, identifier_id)

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

table customers.tombstones
  interaction_id uuid not null
  workspace_id uuid not null
  erased_at timestamp with time zone not null default now()
  constraint tombstones_pkey PRIMARY KEY (interaction_id)
  constraint tombstones_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX tombstones_workspace_id_index ON customers.tombstones USING btree (workspace_id)
  CREATE UNIQUE INDEX tombstones_pkey ON customers.tombstones USING btree (interaction_id)

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
  constraint answers_pkey PRIMARY KEY (workspace_id, response_id, question_id)
  constraint answers_response_fkey FOREIGN KEY (workspace_id, response_id) REFERENCES feedback.responses(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX answers_pkey ON feedback.answers USING btree (workspace_id, response_id, question_id)

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
  constraint responses_pkey PRIMARY KEY (workspace_id, id)
  constraint responses_state_check CHECK ((state = ANY (ARRAY['partial'::text, 'complete'::text])))
  constraint responses_version_fkey FOREIGN KEY (workspace_id, survey_id, version) REFERENCES feedback.survey_versions(workspace_id, survey_id, number) ON DELETE CASCADE
  CREATE INDEX responses_started_at_index ON feedback.responses USING btree (workspace_id, started_at DESC, id DESC)
  CREATE INDEX responses_subject_index ON feedback.responses USING btree (workspace_id, subject) WHERE (subject IS NOT NULL)
  CREATE INDEX responses_survey_id_started_at_index ON feedback.responses USING btree (workspace_id, survey_id, started_at DESC, id DESC)
  CREATE INDEX responses_unrecorded_index ON feedback.responses USING btree (saved_at) WHERE (recorded_at IS NULL)
  CREATE INDEX responses_version_index ON feedback.responses USING btree (workspace_id, survey_id, version)
  CREATE UNIQUE INDEX responses_pkey ON feedback.responses USING btree (workspace_id, id)

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
  constraint surveys_pkey PRIMARY KEY (workspace_id, id)
  constraint surveys_slug_key UNIQUE (slug)
  constraint surveys_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text])))
  constraint surveys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX surveys_workspace_id_updated_at_index ON feedback.surveys USING btree (workspace_id, updated_at DESC, id DESC)
  CREATE UNIQUE INDEX surveys_pkey ON feedback.surveys USING btree (workspace_id, id)
  CREATE UNIQUE INDEX surveys_slug_key ON feedback.surveys USING btree (slug)

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
  constraint touchpoints_initiator_check CHECK ((initiator = ANY (ARRAY['customer'::text, 'organisation'::text, 'partner'::text])))
  constraint touchpoints_key_key UNIQUE (workspace_id, key)
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

table platform.mails
  id uuid not null
  workspace_id uuid
  recipient text not null
  subject text not null
  body_text text not null
  body_html text
  created_at timestamp with time zone not null default now()
  sent_at timestamp with time zone
  constraint mails_pkey PRIMARY KEY (id)
  constraint mails_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id) ON DELETE CASCADE
  CREATE INDEX mails_workspace_id_created_at_index ON platform.mails USING btree (workspace_id, created_at)
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
