-- One row is one survey asked turn by turn, in a chat or on the phone; the response has the same id. Kept for a month, then forgotten.
create table feedback.dialogues (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  survey_id uuid not null,
  version integer not null,
  channel text not null,
  language text not null,
  subject text,
  -- Tried out by a member: nothing is saved as a response.
  is_trial boolean not null,
  answers jsonb not null default '{}',
  -- The question that was asked last; null once the dialogue has ended.
  question_id text,
  -- How often it was asked.
  attempt integer not null,
  ended text,
  -- Counts the turns. Also the revision of the response, so that a turn said twice saves once.
  turn integer not null default 0,
  -- What the sender called its last turn; saying it again changes nothing.
  last_key text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint dialogues_pkey primary key (workspace_id, id),
  constraint dialogues_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade,
  constraint dialogues_channel_check check (channel in ('chat', 'phone')),
  constraint dialogues_ended_check check (ended in ('completed', 'stopped', 'not_understood'))
);

create index dialogues_survey_id_index on feedback.dialogues (workspace_id, survey_id);
create index dialogues_updated_at_index on feedback.dialogues (workspace_id, updated_at);
