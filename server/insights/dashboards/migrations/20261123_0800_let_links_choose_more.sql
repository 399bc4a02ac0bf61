-- What visitors of a shared board may narrow it to; links made before keep what was promised when they were made.
alter table insights.dashboard_shares add column choosable text[] not null default '{touchpoint,channel,stage}';
