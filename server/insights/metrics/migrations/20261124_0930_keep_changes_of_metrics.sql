-- One row is a change of what a metric of one's own measures: its formula, its survey or its scale. Its past figures were worked out anew from that
-- moment on, so its course is marked there. `before` and `after` hold surveyId, formula, scaleMin and scaleMax.
create table insights.custom_metric_changes (
  workspace_id uuid not null,
  metric_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  before jsonb not null,
  after jsonb not null,
  constraint custom_metric_changes_pkey primary key (workspace_id, metric_id, at, id),
  constraint custom_metric_changes_metric_fkey foreign key (workspace_id, metric_id) references insights.custom_metrics (workspace_id, id) on delete cascade
);
