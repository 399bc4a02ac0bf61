-- One row is one stored file: a picture of a survey (without response), or a file somebody sent with an answer. Its bytes lie in the data folder under its id.
create table feedback.files (
  workspace_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  response_id uuid,
  question_id text,
  -- As the sender called it; never used as a path.
  name text not null,
  content_type text not null,
  size_bytes bigint not null,
  -- An answer names it. One that no answer names is an upload somebody gave up, and goes after two days.
  is_used boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  constraint files_pkey primary key (workspace_id, id),
  constraint files_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);

create unique index files_id_index on feedback.files (id);
create index files_survey_id_index on feedback.files (workspace_id, survey_id);
create index files_response_id_index on feedback.files (workspace_id, response_id) where response_id is not null;
create index files_unused_index on feedback.files (created_at) where response_id is not null and not is_used;

-- One row is a file whose row went and whose bytes are still to be removed. Written by triggers, whichever way the row goes.
create table feedback.file_removals (
  id uuid not null,
  workspace_id uuid not null,
  constraint file_removals_pkey primary key (id)
);

create function feedback.note_removed_files() returns trigger language plpgsql as $$
begin
  insert into feedback.file_removals (id, workspace_id) select id, workspace_id from gone on conflict do nothing;
  return null;
end
$$;

create trigger files_note_delete after delete on feedback.files
  referencing old table as gone for each statement execute function feedback.note_removed_files();

-- The files of a response go with it: deleted by a member, by retention or with its person.
create function feedback.delete_files_of_responses() returns trigger language plpgsql as $$
begin
  delete from feedback.files file using gone where file.workspace_id = gone.workspace_id and file.response_id = gone.id;
  return null;
end
$$;

create trigger responses_delete_files after delete on feedback.responses
  referencing old table as gone for each statement execute function feedback.delete_files_of_responses();
