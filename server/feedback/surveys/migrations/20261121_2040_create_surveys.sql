create schema if not exists feedback;

-- One row is one survey. `draft` is what the builder edits; what people see is the published version.
create table feedback.surveys (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  -- The address of the public page, which names no workspace: so unique in the whole installation.
  slug text not null,
  name text not null,
  status text not null,
  draft jsonb not null,
  -- Counts the saves of the draft, so that two builders open at once cannot overwrite each other unnoticed.
  draft_revision integer not null default 1,
  published_version integer,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  published_at timestamptz,
  closed_at timestamptz,
  constraint surveys_pkey primary key (workspace_id, id),
  constraint surveys_slug_key unique (slug),
  constraint surveys_status_check check (status in ('draft', 'open', 'closed'))
);

create index surveys_workspace_id_updated_at_index on feedback.surveys (workspace_id, updated_at desc, id desc);

-- A published version never changes: answers refer to the questions exactly as they were asked.
create table feedback.survey_versions (
  workspace_id uuid not null,
  survey_id uuid not null,
  number integer not null,
  definition jsonb not null,
  published_by uuid,
  published_at timestamptz not null default now(),
  constraint survey_versions_pkey primary key (workspace_id, survey_id, number),
  constraint survey_versions_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);

create function feedback.refuse_change_of_version() returns trigger language plpgsql as $$
begin
  raise exception 'version % of survey % is published and never changes', old.number, old.survey_id;
end
$$;

create trigger survey_versions_never_change before update on feedback.survey_versions
  for each row execute function feedback.refuse_change_of_version();
