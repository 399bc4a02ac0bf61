-- One row is a file that goes along with mails: the same report to many people is kept once.
create table platform.mail_files (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  content_type text not null,
  content bytea not null,
  created_at timestamptz not null default now()
);

create index mail_files_workspace_id_index on platform.mail_files (workspace_id);
create index mail_files_created_at_index on platform.mail_files (created_at);

alter table platform.mails add column file_ids uuid[] not null default '{}';
