-- One row is what the answer to a question of consent has come to in the contact policy, so that an answer recorded twice is one statement, and one
-- that is corrected is taken back once.
create table feedback.consents (
  workspace_id uuid not null,
  response_id uuid not null,
  question_id text not null,
  purpose text not null,
  is_given boolean not null,
  constraint consents_pkey primary key (workspace_id, response_id, question_id),
  constraint consents_response_fkey foreign key (workspace_id, response_id) references feedback.responses (workspace_id, id) on delete cascade
);
