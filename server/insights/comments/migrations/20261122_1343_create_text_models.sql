-- What a workspace has taught the reader of its comments: differences added to the model that comes with the program. One row is one
-- training, from all corrections there were; the numbers say how well held-back corrections were read before and after.
create table insights.text_models (
  id uuid primary key,
  workspace_id uuid not null,
  number integer not null,
  made_at timestamptz not null,
  base_version text not null,
  corrections integer not null,
  held_back integer not null,
  score_before double precision,
  score_after double precision,
  -- in_use: comments are read with it. not_better: kept for the record. replaced: a later one took its place. withdrawn: a person went back.
  state text not null,
  differences bytea
);

create unique index text_models_workspace_id_number_index on insights.text_models (workspace_id, number);
create unique index text_models_in_use_index on insights.text_models (workspace_id) where state = 'in_use';

-- A reading of history anew, as far as it has come. One row a workspace: the last one.
create table insights.rereadings (
  workspace_id uuid primary key,
  id uuid not null,
  state text not null,
  reason text not null,
  model_version text,
  begun_at timestamptz not null,
  ended_at timestamptz,
  comments_read bigint not null default 0,
  comments_changed bigint not null default 0,
  comments_total bigint not null,
  -- Sort key of the last comment read, newest first: where it goes on after a stop.
  position_at timestamptz,
  position_id uuid
);
