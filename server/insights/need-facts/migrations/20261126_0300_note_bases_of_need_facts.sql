-- One row is from when on a measure was counted from these facts and this limit, as it was noticed: guesses change by themselves as facts come in,
-- and all days are counted by the newest. The first row of a measure is no change.
create table insights.need_fact_bases (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  measure text not null,
  noted_at timestamptz not null,
  facts text[] not null,
  case_limit double precision not null,
  constraint need_fact_bases_pkey primary key (workspace_id, measure, noted_at)
);
