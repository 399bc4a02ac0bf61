-- One row sends a board by mail, again and again.
create table insights.dashboard_schedules (
  workspace_id uuid not null,
  id uuid not null,
  dashboard_id uuid not null,
  rhythm text not null constraint dashboard_schedules_rhythm_check check (rhythm in ('daily', 'weekly', 'monthly')),
  -- Of weekly ones: 1 is Monday. Of monthly ones: 1 to 28, so that every month has it.
  weekday integer,
  month_day integer,
  -- By the clock of the workspace.
  hour integer not null,
  period text not null,
  shows_comments boolean not null,
  is_paused boolean not null default false,
  next_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid references people.members (id) on delete set null,
  constraint dashboard_schedules_pkey primary key (workspace_id, id),
  constraint dashboard_schedules_dashboard_fkey foreign key (workspace_id, dashboard_id) references insights.dashboards (workspace_id, id) on delete cascade
);

create index dashboard_schedules_dashboard_index on insights.dashboard_schedules (workspace_id, dashboard_id, created_at);
create index dashboard_schedules_next_at_index on insights.dashboard_schedules (next_at) where not is_paused;
create index dashboard_schedules_created_by_index on insights.dashboard_schedules (created_by) where created_by is not null;

-- One row is somebody who gets it: a member, or an address outside that said yes.
create table insights.dashboard_recipients (
  workspace_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  member_id uuid references people.members (id) on delete cascade,
  -- Null for members: theirs is looked up, so that a new address of theirs counts.
  address text,
  -- Stands in every mail as the way out of it, so it must be known and not only its hash. It opens nothing else.
  token text not null,
  confirmed_at timestamptz,
  left_at timestamptz,
  constraint dashboard_recipients_pkey primary key (workspace_id, id),
  constraint dashboard_recipients_schedule_fkey foreign key (workspace_id, schedule_id) references insights.dashboard_schedules (workspace_id, id) on delete cascade
);

create unique index dashboard_recipients_token_key on insights.dashboard_recipients (token);
create unique index dashboard_recipients_member_key on insights.dashboard_recipients (workspace_id, schedule_id, member_id) where member_id is not null;
create unique index dashboard_recipients_address_key on insights.dashboard_recipients (workspace_id, schedule_id, lower(address)) where address is not null;
create index dashboard_recipients_member_id_index on insights.dashboard_recipients (member_id) where member_id is not null;

-- One row is one time a schedule was due: what is there once is sent once.
create table insights.dashboard_sendings (
  workspace_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  recipients integer not null default 0,
  has_pdf boolean not null default false,
  -- Why there is no PDF, or why nothing was sent.
  problem text,
  constraint dashboard_sendings_pkey primary key (workspace_id, id),
  constraint dashboard_sendings_schedule_fkey foreign key (workspace_id, schedule_id) references insights.dashboard_schedules (workspace_id, id) on delete cascade
);

create unique index dashboard_sendings_due_key on insights.dashboard_sendings (workspace_id, schedule_id, due_at);
