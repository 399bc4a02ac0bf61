-- Of addresses that were written in capitals, too; what was sealed meanwhile has its host.
update insights.alert_rules
set hook_host = lower(substring(secrets ->> 'hookUrl' from '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#]+)'))
where hook_host is null and jsonb_typeof(secrets -> 'hookUrl') = 'string';
