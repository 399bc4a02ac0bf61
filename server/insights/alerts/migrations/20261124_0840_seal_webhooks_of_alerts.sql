-- Whoever knows the address of a webhook can write there: it moves among the secrets, which are sealed at the next start, and its host is shown.
alter table insights.alert_rules add column hook_host text;

update insights.alert_rules
set hook_host = substring(hook_url from '^[a-z]+://(?:[^/?#@]*@)?([^/?#]+)'),
    secrets = secrets || jsonb_build_object('hookUrl', hook_url)
where hook_url is not null;

alter table insights.alert_rules drop column hook_url;
