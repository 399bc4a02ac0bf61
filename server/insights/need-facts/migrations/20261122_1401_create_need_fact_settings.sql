-- One row is what a workspace says about its own facts: which are contacts, failures, remedies ... Where it says nothing, they are guessed.
create table insights.need_fact_settings (
  workspace_id uuid primary key references platform.workspaces (id) on delete cascade,
  -- Only what was chosen; the shape is that of the contract.
  settings jsonb not null,
  updated_at timestamptz not null
);
