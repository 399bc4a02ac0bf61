alter table insights.alerts
  -- When people were told of it: at once, or when the snooze of its rule was over. Null: nobody was.
  add column told_at timestamptz,
  -- Raised while its rule was snoozed: told after that, if it lasts.
  add column is_hushed boolean not null default false;

update insights.alerts set told_at = raised_at where not is_quiet;
update insights.alerts alert
set is_hushed = true
from insights.alert_rules rule
where rule.id = alert.rule_id and alert.ended_at is null and alert.is_quiet and not alert.is_from_history and rule.snoozed_until > now();

create index alerts_hushed_index on insights.alerts (raised_at, id) where is_hushed and told_at is null and ended_at is null;

-- One row is how far the digests of one pace have told the alerts of a workspace: what was due while the server was away is sent afterwards.
create table insights.alert_digests (
  workspace_id uuid not null,
  pace text not null,
  told_until timestamptz not null,
  constraint alert_digests_pkey primary key (workspace_id, pace),
  constraint alert_digests_workspace_id_fkey foreign key (workspace_id) references platform.workspaces (id) on delete cascade
);
