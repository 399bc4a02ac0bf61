-- What a workspace decided for all its pages. Without a row nobody is believed who did not prove it.
create table feedback.website_settings (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  is_proof_needed boolean not null,
  changed_at timestamptz not null,
  constraint website_settings_pkey primary key (workspace_id)
);
