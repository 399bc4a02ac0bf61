alter table insights.alert_rules
  -- Whose incoming webhook is told, and at which host; the address itself is sealed among the secrets.
  add column chat jsonb;
