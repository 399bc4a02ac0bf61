-- What was learnt without each fold of the lessons, so that a later training is compared with this one on lessons that neither was learnt from.
alter table insights.text_models add column trials bytea;

-- One row is a workspace whose reader learns nothing more until somebody says so: after going back, or stopped by hand.
create table insights.learning_stops (
  workspace_id uuid primary key,
  stopped_at timestamptz not null,
  member_id uuid
);

-- Which of the models that come with the program a workspace's comments were last read with as a whole: another one has them read anew.
create table insights.reading_bases (
  workspace_id uuid primary key,
  base_version text not null,
  since timestamptz not null
);

-- When a reading of history last got on: one that stands still for long is not waited for.
alter table insights.rereadings add column moved_at timestamptz;
