-- One row is one walk through the people a relationship survey is still to ask, who are made known to the contact policy ahead of time.
-- The cursor is the last one made known, so that a server that dies loses no place; no row: the walk begins.
create table feedback.distribution_outlooks (
  workspace_id uuid not null,
  distribution_id uuid not null,
  -- The coming wave whose people are told; null: none is to come.
  wave_at timestamptz,
  begun_at timestamptz not null,
  -- First those who have an invitation, then those of the coming wave.
  stage text not null default 'invited',
  position text,
  -- How many of the coming wave were told, and how many there are.
  planned integer not null default 0,
  people integer not null default 0,
  constraint distribution_outlooks_pkey primary key (workspace_id, distribution_id),
  constraint distribution_outlooks_distribution_fkey foreign key (workspace_id, distribution_id)
    references feedback.distributions (workspace_id, id) on delete cascade,
  constraint distribution_outlooks_stage_check check (stage in ('invited', 'coming', 'done'))
);
