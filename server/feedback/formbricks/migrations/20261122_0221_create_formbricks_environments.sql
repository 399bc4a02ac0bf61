-- Which workspace an environment or workspace id of Formbricks stands for, so that sites which moved here change one address and nothing else.
create table feedback.formbricks_environments (
  id text not null,
  workspace_id uuid not null,
  added_at timestamptz not null,
  constraint formbricks_environments_pkey primary key (id)
);

create index formbricks_environments_workspace_id_index on feedback.formbricks_environments (workspace_id, id);

