-- One row is what a workspace says about its language model: where it is asked, and for what. Without a row nothing is ever asked.
create table insights.writing_aids (
  workspace_id uuid primary key references platform.workspaces (id) on delete cascade,
  address text,
  model text,
  -- { key }, sealed; empty where the endpoint wants none.
  secrets jsonb not null default '{}',
  writes_summaries boolean not null default false,
  writes_drafts boolean not null default false,
  changed_at timestamptz not null,
  -- What is on can be asked.
  constraint writing_aids_complete_check check ((address is not null and model is not null) or not (writes_summaries or writes_drafts))
);
