-- One row is what was read in one comment, as it is now: by a model, and where a person knew better, by that person.
create table insights.readings (
  perception_id uuid primary key,
  workspace_id uuid not null,
  seq bigint generated always as identity,
  -- Of the last change, so that the analytics copy follows it.
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  model_version text not null,
  language text,
  sentiment text not null,
  sentiment_score double precision not null,
  emotion text,
  -- { "PROMISE": "neg", ... }: only the needs a comment speaks of.
  needs jsonb not null,
  is_urgent boolean not null,
  is_unsure boolean not null,
  -- How sure the model is of each part, 0-1.
  confidence jsonb not null,
  -- Places in the text, never the text itself.
  personal_data jsonb not null,
  mentions jsonb not null,
  -- Parts a person has set: a model read again later leaves them alone.
  corrected text[] not null default '{}'
);

create index readings_xid_seq_index on insights.readings (xid, seq);
create index readings_workspace_id_at_index on insights.readings (workspace_id, at desc, perception_id desc);

-- How far comments have been read, in the order in which feelings were committed. One row.
create table insights.reading_positions (
  source text primary key,
  xid xid8 not null,
  seq bigint not null
);
insert into insights.reading_positions (source, xid, seq) values ('perceptions', '0', 0);
