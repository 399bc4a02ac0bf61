-- One row is one part of a reading that a person set right. Later rows of the same comment and part win; what was before stays to be read.
create table insights.corrections (
  id uuid primary key,
  workspace_id uuid not null,
  perception_id uuid not null,
  part text not null,
  before jsonb not null,
  after jsonb not null,
  member_id uuid,
  at timestamptz not null
);

create index corrections_workspace_id_at_index on insights.corrections (workspace_id, at desc, id desc);
create index corrections_perception_id_index on insights.corrections (perception_id);
