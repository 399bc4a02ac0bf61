-- One row is the latest change of one response: written, saved again, edited, judged or deleted. The copy for reports follows this list in the
-- order of commit. It has one row per response and not one per change, so that it stays as long as the responses and a rebuild reads each once.
-- A deleted response keeps its row: it is what tells the copy to forget it.
create sequence feedback.response_changes_seq as bigint;

create table feedback.response_changes (
  workspace_id uuid not null,
  response_id uuid not null,
  seq bigint not null default nextval('feedback.response_changes_seq'),
  xid xid8 not null default pg_current_xact_id(),
  constraint response_changes_pkey primary key (workspace_id, response_id)
);

create index response_changes_xid_seq_index on feedback.response_changes (xid, seq);

-- Triggers and not the verbs note changes: whoever edits, tags, judges or deletes responses later cannot forget to.
-- Rows are noted in the order of their ids, so that two statements over the same responses do not wait for each other crosswise.
create function feedback.note_changed_responses() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'responses' then
    insert into feedback.response_changes (workspace_id, response_id)
    select distinct workspace_id, id from changed order by workspace_id, id
    on conflict (workspace_id, response_id) do update
      set seq = excluded.seq, xid = excluded.xid
      where response_changes.xid <> excluded.xid;
  else
    insert into feedback.response_changes (workspace_id, response_id)
    select distinct workspace_id, response_id from changed order by workspace_id, response_id
    on conflict (workspace_id, response_id) do update
      set seq = excluded.seq, xid = excluded.xid
      where response_changes.xid <> excluded.xid;
  end if;
  return null;
end
$$;

create trigger responses_note_insert after insert on feedback.responses
  referencing new table as changed for each statement execute function feedback.note_changed_responses();
create trigger responses_note_update after update on feedback.responses
  referencing new table as changed for each statement execute function feedback.note_changed_responses();
create trigger responses_note_delete after delete on feedback.responses
  referencing old table as changed for each statement execute function feedback.note_changed_responses();
create trigger answers_note_insert after insert on feedback.answers
  referencing new table as changed for each statement execute function feedback.note_changed_responses();
create trigger answers_note_update after update on feedback.answers
  referencing new table as changed for each statement execute function feedback.note_changed_responses();
create trigger answers_note_delete after delete on feedback.answers
  referencing old table as changed for each statement execute function feedback.note_changed_responses();

insert into feedback.response_changes (workspace_id, response_id)
select workspace_id, id
from feedback.responses
order by workspace_id, id;

-- What a survey's answers are weighted to: the true share of each group ("60 % women"), per dimension. One row per survey at most.
create table feedback.weightings (
  workspace_id uuid not null,
  survey_id uuid not null,
  targets jsonb not null,
  trim_low double precision not null,
  trim_high double precision not null,
  updated_by uuid,
  updated_at timestamptz not null default now(),
  constraint weightings_pkey primary key (workspace_id, survey_id),
  constraint weightings_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);
