-- Who may answer, how often and how long answers are kept. Apart from the definition: a published version never changes, these do.
alter table feedback.surveys add column settings jsonb not null default '{}';

-- One row is one right to answer that was used: a single-use link ("link:<nonce>"), a device ("device:<hash>") or a person ("person:<hash>").
-- The key is what refuses the second answer, also of two that come at once.
create table feedback.used_links (
  workspace_id uuid not null,
  survey_id uuid not null,
  claim text not null,
  response_id uuid not null,
  used_at timestamptz not null,
  constraint used_links_pkey primary key (workspace_id, survey_id, claim),
  constraint used_links_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade
);

create index used_links_response_id_index on feedback.used_links (workspace_id, response_id);
