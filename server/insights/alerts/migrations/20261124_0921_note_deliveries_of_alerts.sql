-- One row is one alert on its way to a webhook or a chat: whether it was taken, and if not, why and how often it was tried.
create table insights.alert_deliveries (
  alert_id uuid not null,
  way text not null,
  workspace_id uuid not null,
  rule_id uuid not null,
  -- waiting: not tried yet; trying: tried and not taken, tried again; sent; given_up: not tried again by itself.
  state text not null,
  attempts integer not null default 0,
  fault text,
  tried_at timestamptz,
  constraint alert_deliveries_pkey primary key (alert_id, way),
  constraint alert_deliveries_alert_id_fkey foreign key (alert_id) references insights.alerts (id) on delete cascade,
  constraint alert_deliveries_rule_id_fkey foreign key (rule_id) references insights.alert_rules (id) on delete cascade,
  constraint alert_deliveries_workspace_id_fkey foreign key (workspace_id) references platform.workspaces (id) on delete cascade
);

create index alert_deliveries_rule_id_index on insights.alert_deliveries (rule_id);
create index alert_deliveries_workspace_id_index on insights.alert_deliveries (workspace_id, rule_id, way);

insert into insights.alert_deliveries (alert_id, way, workspace_id, rule_id, state, tried_at)
select id, 'hook', workspace_id, rule_id, case hook_state when 'sent' then 'sent' when 'trying' then 'trying' else 'given_up' end, raised_at
from insights.alerts
where hook_state is not null;

alter table insights.alerts drop column hook_state;
