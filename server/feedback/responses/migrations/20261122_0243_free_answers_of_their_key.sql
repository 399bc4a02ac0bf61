-- Answers are written in the transaction of their response, which is locked or new, so the key could refuse nothing; checking it took two thirds of
-- saving a response in a young table (the check is planned while the table is empty and then walks a workspace's responses). A trigger deletes instead.
alter table feedback.answers drop constraint answers_response_fkey;

create function feedback.delete_answers_of_responses() returns trigger language plpgsql as $$
begin
  delete from feedback.answers answer using gone where answer.workspace_id = gone.workspace_id and answer.response_id = gone.id;
  return null;
end
$$;

create trigger responses_delete_answers after delete on feedback.responses
  referencing old table as gone for each statement execute function feedback.delete_answers_of_responses();
