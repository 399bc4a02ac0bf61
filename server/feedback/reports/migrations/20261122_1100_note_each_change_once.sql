-- Answers are written beside their response, which is noted already: looking that up is cheaper than a conflict, which locks and logs the row again.
create or replace function feedback.note_changed_responses() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'responses' then
    insert into feedback.response_changes (workspace_id, response_id)
    select distinct workspace_id, id from changed order by workspace_id, id
    on conflict (workspace_id, response_id) do update
      set seq = excluded.seq, xid = excluded.xid
      where response_changes.xid <> excluded.xid;
  else
    insert into feedback.response_changes (workspace_id, response_id)
    select distinct changed.workspace_id, changed.response_id
    from changed
    where not exists (
      select
      from feedback.response_changes noted
      where noted.workspace_id = changed.workspace_id and noted.response_id = changed.response_id and noted.xid = pg_current_xact_id()
    )
    order by workspace_id, response_id
    on conflict (workspace_id, response_id) do update
      set seq = excluded.seq, xid = excluded.xid
      where response_changes.xid <> excluded.xid;
  end if;
  return null;
end
$$;
