-- One row is one device that stands somewhere and asks who comes by.
create table feedback.kiosks (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  place text not null default '',
  touchpoint text,
  survey_id uuid not null,
  idle_seconds integer not null,
  -- Salt and derived key of the code that leaves the kiosk; the device checks it also while it is offline.
  pin_salt text not null,
  pin_hash text not null,
  -- Of the code typed into the device once; gone when it was used or is too old.
  pairing_hash text,
  pairing_expires_at timestamptz,
  -- Of the token the device keeps; null until it was paired.
  token_hash text,
  paired_at timestamptz,
  last_seen_at timestamptz,
  -- What the device said last: answers it still has to send.
  waiting integer not null default 0,
  created_by uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  constraint kiosks_pkey primary key (workspace_id, id),
  constraint kiosks_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade,
  constraint kiosks_token_hash_key unique (token_hash),
  constraint kiosks_pairing_hash_key unique (pairing_hash)
);

create index kiosks_survey_id_index on feedback.kiosks (workspace_id, survey_id);
create index kiosks_created_by_index on feedback.kiosks (created_by) where created_by is not null;
