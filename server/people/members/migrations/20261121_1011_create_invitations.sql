create table people.invitations (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  email text not null,
  role text not null,
  token_hash text not null,
  invited_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create unique index invitations_workspace_id_email_index on people.invitations (workspace_id, email);
create unique index invitations_token_hash_index on people.invitations (token_hash);
