-- Where and when a survey shows on the organisation's own website. One row per survey at most; without one it never shows by itself.
create table feedback.widget_placements (
  workspace_id uuid not null,
  survey_id uuid not null,
  settings jsonb not null,
  changed_at timestamptz not null,
  constraint widget_placements_pkey primary key (workspace_id, survey_id),
  constraint widget_placements_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);

-- How often a survey was shown on a website on one day (UTC), and what became of it. These are counts of displays and no answers:
-- somebody who closes a survey has said nothing, and enters no score.
create table feedback.displays (
  workspace_id uuid not null,
  survey_id uuid not null,
  day date not null,
  shown bigint not null default 0,
  started bigint not null default 0,
  completed bigint not null default 0,
  dismissed bigint not null default 0,
  constraint displays_pkey primary key (workspace_id, survey_id, day),
  constraint displays_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);
