create table platform.mails (
  id uuid primary key,
  workspace_id uuid references platform.workspaces (id) on delete cascade,
  recipient text not null,
  subject text not null,
  body_text text not null,
  body_html text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);

create index mails_workspace_id_created_at_index on platform.mails (workspace_id, created_at);
