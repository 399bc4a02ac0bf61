-- Ids of a workspace that was deleted would keep others from using them.
delete from feedback.formbricks_environments environment
where not exists (select 1 from platform.workspaces workspace where workspace.id = environment.workspace_id);

alter table feedback.formbricks_environments
  add constraint formbricks_environments_workspace_id_fkey foreign key (workspace_id) references platform.workspaces (id) on delete cascade;
