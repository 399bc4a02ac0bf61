-- One row is one response: one person's pass through a survey, complete or not. The id is made by the person's
-- browser, so that a save repeated after a lost reply finds its own row.
create table feedback.responses (
  workspace_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  version integer not null,
  state text not null,
  -- Counts the saves of the browser: one that arrives late, after a newer one, is left out.
  revision integer not null,
  language text not null,
  channel text not null,
  touchpoint text,
  source text,
  campaign text,
  -- Identifier of the person ("user:42") from a signed link; null when nobody said who it is.
  subject text,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  completed_at timestamptz,
  -- When all answers so far were recorded as interaction and perceptions; null while some wait.
  recorded_at timestamptz,
  constraint responses_pkey primary key (workspace_id, id),
  constraint responses_version_fkey foreign key (workspace_id, survey_id, version)
    references feedback.survey_versions (workspace_id, survey_id, number) on delete cascade,
  constraint responses_state_check check (state in ('partial', 'complete'))
);

create index responses_started_at_index on feedback.responses (workspace_id, started_at desc, id desc);
create index responses_survey_id_started_at_index on feedback.responses (workspace_id, survey_id, started_at desc, id desc);
create index responses_version_index on feedback.responses (workspace_id, survey_id, version);
create index responses_subject_index on feedback.responses (workspace_id, subject) where subject is not null;
create index responses_unrecorded_index on feedback.responses (saved_at) where recorded_at is null;

-- One row is one answer, as given. Hidden answers (to questions that later answers hid again) are kept and not counted.
create table feedback.answers (
  workspace_id uuid not null,
  response_id uuid not null,
  question_id text not null,
  question_type text not null,
  position integer not null,
  number double precision,
  choices text[],
  text text,
  is_shown boolean not null,
  -- Recorded as a perception, which never changes: so this answer does not change any more either.
  is_recorded boolean not null default false,
  constraint answers_pkey primary key (workspace_id, response_id, question_id),
  constraint answers_response_fkey foreign key (workspace_id, response_id) references feedback.responses (workspace_id, id) on delete cascade
);
