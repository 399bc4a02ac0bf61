-- One row is one list of customers to be called with one survey.
create table feedback.call_lists (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  survey_id uuid not null,
  name text not null,
  segment_id uuid not null,
  status text not null,
  -- What the interviewer says before the first question.
  script text not null,
  kind text not null,
  -- Hours of the day, in the customer's own time zone, and days of the week (1 is Monday) on which people are called.
  hours_from text not null,
  hours_to text not null,
  days integer[] not null,
  attempts_max integer not null,
  pause_hours integer not null,
  created_by uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  constraint call_lists_pkey primary key (workspace_id, id),
  constraint call_lists_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade,
  constraint call_lists_status_check check (status in ('filling', 'open', 'paused', 'closed'))
);

create index call_lists_survey_id_index on feedback.call_lists (workspace_id, survey_id);
create index call_lists_created_by_index on feedback.call_lists (created_by) where created_by is not null;

-- One row is one person on a list. Name and number are looked up when somebody calls, so that they are today's.
create table feedback.call_targets (
  workspace_id uuid not null,
  list_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  state text not null default 'waiting',
  attempts integer not null default 0,
  -- Not before this moment: a pause after an attempt, or the time of a call-back.
  next_at timestamptz not null,
  is_callback boolean not null default false,
  -- The last outcome, a code of AAPOR; the final one once the state is done.
  outcome text,
  -- Whose call it is at the moment, and until when: a closed lid must not keep anybody from being called.
  claimed_by uuid,
  claimed_until timestamptz,
  constraint call_targets_pkey primary key (workspace_id, list_id, id),
  constraint call_targets_customer_key unique (workspace_id, list_id, customer_id),
  constraint call_targets_list_fkey foreign key (workspace_id, list_id) references feedback.call_lists (workspace_id, id) on delete cascade,
  constraint call_targets_state_check check (state in ('waiting', 'done'))
);

create index call_targets_next_at_index on feedback.call_targets (workspace_id, list_id, is_callback desc, next_at, id) where state = 'waiting';
create index call_targets_customer_id_index on feedback.call_targets (workspace_id, customer_id);

-- One row is one call that was tried.
create table feedback.call_attempts (
  workspace_id uuid not null,
  list_id uuid not null,
  target_id uuid not null,
  number integer not null,
  outcome text not null,
  note text not null,
  callback_at timestamptz,
  member_id uuid,
  at timestamptz not null,
  constraint call_attempts_pkey primary key (workspace_id, list_id, target_id, number),
  constraint call_attempts_target_fkey foreign key (workspace_id, list_id, target_id) references feedback.call_targets (workspace_id, list_id, id) on delete cascade
);
