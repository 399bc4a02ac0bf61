-- One row is one file of responses brought into a survey from elsewhere.
create table feedback.response_imports (
  workspace_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  file_name text not null,
  -- Rows of the file, responses that were new, and those that were there already.
  rows_read integer not null,
  rows_added integer not null,
  rows_repeated integer not null,
  rows_refused integer not null,
  created_by uuid,
  created_at timestamptz not null,
  undone_at timestamptz,
  constraint response_imports_pkey primary key (workspace_id, id),
  constraint response_imports_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);

create index response_imports_survey_id_index on feedback.response_imports (workspace_id, survey_id, created_at desc, id desc);

-- One row is one response that an import added, so that the import can be undone.
create table feedback.imported_responses (
  workspace_id uuid not null,
  response_id uuid not null,
  import_id uuid not null,
  constraint imported_responses_pkey primary key (workspace_id, response_id),
  constraint imported_responses_response_fkey foreign key (workspace_id, response_id) references feedback.responses (workspace_id, id) on delete cascade,
  constraint imported_responses_import_fkey foreign key (workspace_id, import_id) references feedback.response_imports (workspace_id, id) on delete cascade
);

create index imported_responses_import_id_index on feedback.imported_responses (workspace_id, import_id, response_id);
