create table experience (
  workspace_id uuid not null,
  id uuid not null,
  seq bigint not null,
  record varchar not null,
  subject bigint,
  customer uuid,
  "at" timestamp not null,
  received_at timestamp,
  type varchar,
  name varchar,
  touchpoint varchar,
  previous_touchpoint varchar,
  gap_s double,
  stage varchar,
  channel varchar,
  source varchar,
  kind varchar,
  value double,
  scale_min double,
  scale_max double,
  normalised double,
  choice varchar,
  has_text boolean,
  weight double,
  survey_id uuid,
  member_id uuid,
  import_id uuid,
  interaction_id uuid
);

-- How far each list of the record has been copied.
create table positions (
  source varchar primary key,
  xid varchar not null,
  seq bigint not null
);

-- Customers whose previous touchpoints must be worked out anew, because a row came late or changed hands.
create table pending_repairs (
  customer uuid not null
);
