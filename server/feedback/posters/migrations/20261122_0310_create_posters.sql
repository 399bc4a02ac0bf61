-- One row is one printed code at one place. The code leads here first, so that paper keeps working when the survey behind it changes.
create table feedback.posters (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  -- What is printed; names no workspace, so unique in the whole installation.
  code text not null,
  survey_id uuid not null,
  place text not null,
  touchpoint text,
  headline text not null,
  invitation text not null,
  scans integer not null default 0,
  last_scanned_at timestamptz,
  created_by uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  constraint posters_pkey primary key (workspace_id, id),
  constraint posters_code_key unique (code),
  constraint posters_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);

create index posters_survey_id_index on feedback.posters (workspace_id, survey_id);
create index posters_created_by_index on feedback.posters (created_by) where created_by is not null;
