-- A workspace that is deleted takes its rules and alerts along.
create index alert_opinions_workspace_id_index on insights.alert_opinions (workspace_id);

delete from insights.alert_rules rule where not exists (select from platform.workspaces workspace where workspace.id = rule.workspace_id);

alter table insights.alert_rules
  add constraint alert_rules_workspace_id_fkey foreign key (workspace_id) references platform.workspaces (id) on delete cascade;
alter table insights.alerts
  add constraint alerts_workspace_id_fkey foreign key (workspace_id) references platform.workspaces (id) on delete cascade;
alter table insights.alert_opinions
  add constraint alert_opinions_workspace_id_fkey foreign key (workspace_id) references platform.workspaces (id) on delete cascade;
