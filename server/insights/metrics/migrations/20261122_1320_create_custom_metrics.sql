-- One row is a metric a member wrote: the mean of a formula over the questions of a survey, on a scale from the worst value to the best.
create table insights.custom_metrics (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  description text not null default '',
  -- Of a survey that may be deleted meanwhile: then the metric has no answers, and says so.
  survey_id uuid not null,
  formula text not null,
  scale_min integer not null,
  scale_max integer not null,
  created_by uuid references people.members (id) on delete set null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint custom_metrics_pkey primary key (workspace_id, id),
  constraint custom_metrics_scale_check check (scale_min <> scale_max and abs(scale_max - scale_min) <= 100)
);

create unique index custom_metrics_name_index on insights.custom_metrics (workspace_id, lower(name));
create index custom_metrics_created_by_index on insights.custom_metrics (created_by) where created_by is not null;
