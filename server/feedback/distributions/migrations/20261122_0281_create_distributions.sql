-- One row is one plan of asking people for a survey by mail or text message.
create table feedback.distributions (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  survey_id uuid not null,
  name text not null,
  state text not null default 'draft',
  settings jsonb not null,
  -- Number of the wave whose people are asked; every repeat of a schedule is a new wave.
  wave integer not null default 0,
  -- When the next wave begins; null: none is to come.
  next_wave_at timestamptz,
  -- How far arriving interactions were looked at, for one that is triggered.
  read_xid xid8,
  read_seq bigint,
  started_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint distributions_pkey primary key (workspace_id, id),
  constraint distributions_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade,
  constraint distributions_state_check check (state in ('draft', 'running', 'paused', 'finished', 'stopped'))
);

create index distributions_survey_id_index on feedback.distributions (workspace_id, survey_id, created_at desc, id desc);
create index distributions_running_index on feedback.distributions (id) where state = 'running';

-- One row is one address that was pasted in instead of choosing a segment.
create table feedback.distribution_addresses (
  workspace_id uuid not null,
  distribution_id uuid not null,
  position integer not null,
  address text not null,
  constraint distribution_addresses_pkey primary key (workspace_id, distribution_id, position),
  constraint distribution_addresses_address_key unique (workspace_id, distribution_id, address),
  constraint distribution_addresses_distribution_fkey foreign key (workspace_id, distribution_id)
    references feedback.distributions (workspace_id, id) on delete cascade
);

-- One row is one walk through the people of a distribution. The cursor is the last one planned, so that a server that dies loses no place.
create table feedback.distribution_waves (
  workspace_id uuid not null,
  distribution_id uuid not null,
  number integer not null,
  begins_at timestamptz not null,
  people integer not null,
  planned integer not null default 0,
  position text,
  is_planned boolean not null default false,
  constraint distribution_waves_pkey primary key (workspace_id, distribution_id, number),
  constraint distribution_waves_distribution_fkey foreign key (workspace_id, distribution_id)
    references feedback.distributions (workspace_id, id) on delete cascade
);

-- One row is one person asked once, with all reminders: planned, then sent, or not asked and why.
create table feedback.invitations (
  workspace_id uuid not null,
  id uuid not null,
  distribution_id uuid not null,
  survey_id uuid not null,
  wave integer not null,
  -- What makes this the same invitation when planning runs twice: the customer, the address, or the interaction that triggered it.
  person_key text not null,
  customer_id uuid,
  -- Identifier of whoever triggered it; who that is, is looked up when it is due.
  subject text,
  email text,
  phone text,
  language text,
  time_zone text,
  state text not null default 'planned',
  channel text,
  -- 0: the invitation itself is next; 1: the first reminder.
  step integer not null default 0,
  -- How often the next one was put off.
  tries integer not null default 0,
  -- When the next one is due; null: nothing more is to be sent.
  next_at timestamptz,
  mail_id uuid,
  text_id uuid,
  reason text,
  sent_at timestamptz,
  last_sent_at timestamptz,
  delivered_at timestamptz,
  clicked_at timestamptz,
  answered_at timestamptz,
  bounced_at timestamptz,
  soft_bounces integer not null default 0,
  unsubscribed_at timestamptz,
  expires_at timestamptz,
  -- The response all clicks of this person lead to, so that two links or two devices make one answer.
  response_id uuid not null,
  created_at timestamptz not null,
  constraint invitations_pkey primary key (workspace_id, id),
  -- Links and return paths name the invitation only.
  constraint invitations_id_key unique (id),
  constraint invitations_person_key unique (workspace_id, distribution_id, wave, person_key),
  constraint invitations_distribution_fkey foreign key (workspace_id, distribution_id)
    references feedback.distributions (workspace_id, id) on delete cascade,
  constraint invitations_state_check check (state in ('planned', 'sent', 'not_asked', 'failed', 'cancelled')),
  constraint invitations_channel_check check (channel in ('email', 'text'))
);

create index invitations_due_index on feedback.invitations (distribution_id, next_at, id) where next_at is not null;
create index invitations_survey_id_sent_at_index on feedback.invitations (workspace_id, survey_id, sent_at) where sent_at is not null;
create index invitations_response_id_index on feedback.invitations (workspace_id, response_id);
create index invitations_underway_index on feedback.invitations (mail_id) where mail_id is not null and delivered_at is null and bounced_at is null and state = 'sent';
create index invitations_list_index on feedback.invitations (workspace_id, distribution_id, created_at desc, id desc);

-- One row is one visit to a link of an invitation. A visit records no answer; it tells people from programs that follow every link.
create table feedback.invitation_clicks (
  workspace_id uuid not null,
  id bigint generated always as identity,
  invitation_id uuid not null,
  at timestamptz not null,
  kind text not null,
  value text,
  constraint invitation_clicks_pkey primary key (workspace_id, id),
  constraint invitation_clicks_invitation_fkey foreign key (workspace_id, invitation_id)
    references feedback.invitations (workspace_id, id) on delete cascade,
  constraint invitation_clicks_kind_check check (kind in ('answer', 'survey', 'trap', 'confirm'))
);

create index invitation_clicks_invitation_id_index on feedback.invitation_clicks (workspace_id, invitation_id, at);

-- How a workspace sends text messages.
create table feedback.text_gateways (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  kind text not null,
  settings jsonb not null,
  -- No route ever gives them back, and no log names them.
  secrets jsonb not null,
  -- Part of the addresses the gateway calls.
  hook text not null,
  changed_at timestamptz not null,
  constraint text_gateways_pkey primary key (workspace_id),
  constraint text_gateways_hook_key unique (hook),
  constraint text_gateways_kind_check check (kind in ('fake', 'twilio', 'http'))
);

-- One row is one text message we sent or mean to send.
create table feedback.texts (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  -- The same key is the same message.
  key text not null,
  phone text not null,
  body text not null,
  state text not null default 'waiting',
  provider_id text,
  error text,
  claimed_at timestamptz,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint texts_pkey primary key (workspace_id, id),
  constraint texts_key unique (workspace_id, key),
  constraint texts_state_check check (state in ('waiting', 'handing_over', 'sent', 'delivered', 'failed', 'doubtful'))
);

create index texts_created_at_index on feedback.texts (workspace_id, created_at desc, id desc);
create index texts_provider_id_index on feedback.texts (workspace_id, provider_id) where provider_id is not null;
create index texts_waiting_index on feedback.texts (created_at) where state in ('waiting', 'handing_over');
