-- One row is one feeling a customer stated, or that was inferred from what the customer wrote or did. Rows never change.
create table customers.perceptions (
  id uuid primary key,
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null,
  subject text,
  interaction_id uuid,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  kind text not null,
  value double precision,
  scale_min double precision,
  scale_max double precision,
  normalised double precision,
  choice text,
  text text,
  is_inferred boolean not null default false,
  model_version text,
  source text not null,
  channel text,
  touchpoint text,
  stage text,
  weight double precision not null default 1,
  survey_id uuid,
  response_id uuid,
  import_id uuid,
  properties json
);

create index perceptions_xid_seq_index on customers.perceptions (xid, seq);
create index perceptions_workspace_id_subject_at_index on customers.perceptions (workspace_id, subject, at);
create index perceptions_workspace_id_at_index on customers.perceptions (workspace_id, at desc, id desc);
create index perceptions_import_id_index on customers.perceptions (import_id) where import_id is not null;
create index perceptions_response_id_index on customers.perceptions (response_id) where response_id is not null;
