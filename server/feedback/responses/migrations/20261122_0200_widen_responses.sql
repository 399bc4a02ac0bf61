-- What became of a response: only counted ones enter scores. The others are kept and shown, so that nothing is lost and a person can decide.
alter table feedback.responses
  add column outcome text not null default 'counted',
  -- Why it is flagged, in codes ("too_fast", "scanner").
  add column flags text[] not null default '{}',
  -- Ending the person saw; null for the thank-you.
  add column ending_id text,
  add column calculations jsonb,
  add constraint responses_outcome_check check (outcome in ('counted', 'screened_out', 'over_quota', 'flagged'));

-- Rows of a matrix, amounts, fields of a contact and files: what does not fit a number, choices or a text.
alter table feedback.answers add column details jsonb;

-- One row is how many complete responses a quota of a survey has let in. Its row lock makes two last places impossible.
create table feedback.quota_counts (
  workspace_id uuid not null,
  survey_id uuid not null,
  quota_id text not null,
  let_in integer not null default 0,
  constraint quota_counts_pkey primary key (workspace_id, survey_id, quota_id),
  constraint quota_counts_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade,
  constraint quota_counts_let_in_check check (let_in >= 0)
);
