create extension if not exists unaccent;

-- unaccent depends on a dictionary and so is not immutable by itself; named in full it gives the same for the same text.
create function feedback.plain_text(given text) returns text language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, given));

alter table feedback.responses
  add column tags text[] not null default '{}',
  -- What was written and the words of what was chosen, for the search; null when there is nothing.
  add column words text,
  -- The first counted score, and whether anything was written: what lists are filtered by.
  add column score double precision,
  add column has_comment boolean not null default false,
  -- Counts how often what was recorded was withdrawn and stated anew (corrected, flagged, made anonymous): the ids of facts and feelings follow from it.
  add column restated integer not null default 0,
  add column anonymised_at timestamptz;

update feedback.responses response
set words = said.words, has_comment = said.words is not null, score = said.score
from (
  select workspace_id, response_id, string_agg(text, ' ' order by position) filter (where is_shown) as words,
         (array_agg(number order by position) filter (where is_shown and question_type in ('nps', 'csat', 'ces', 'rating')))[1] as score
  from feedback.answers
  group by workspace_id, response_id
) said
where said.workspace_id = response.workspace_id and said.response_id = response.id;

-- 'simple' knows no language: words are found as they were written, whatever the language.
alter table feedback.responses
  add column search tsvector generated always as (to_tsvector('simple', feedback.plain_text(coalesce(words, '')))) stored;

create index responses_search_index on feedback.responses using gin (search) where words is not null;
-- Parts of words, and languages that write without blanks.
create index responses_words_index on feedback.responses using gin (feedback.plain_text(words) gin_trgm_ops) where words is not null;
create index responses_tags_index on feedback.responses using gin (tags) where tags <> '{}';

-- One row is a note of a member beside a response.
create table feedback.response_notes (
  workspace_id uuid not null,
  id uuid not null,
  response_id uuid not null,
  text text not null,
  member_id uuid,
  created_at timestamptz not null,
  constraint response_notes_pkey primary key (workspace_id, id),
  constraint response_notes_response_fkey foreign key (workspace_id, response_id) references feedback.responses (workspace_id, id) on delete cascade
);

create index response_notes_response_id_index on feedback.response_notes (workspace_id, response_id, created_at, id);

-- One row is one thing a member did to a response: who, when, why, and what stood there before. It goes with its response.
create table feedback.response_history (
  workspace_id uuid not null,
  id uuid not null,
  response_id uuid not null,
  kind text not null,
  question_id text,
  before jsonb,
  after jsonb,
  reason text,
  member_id uuid,
  at timestamptz not null,
  constraint response_history_pkey primary key (workspace_id, id),
  constraint response_history_response_fkey foreign key (workspace_id, response_id) references feedback.responses (workspace_id, id) on delete cascade,
  constraint response_history_kind_check check (kind in ('answer_corrected', 'flagged', 'unflagged', 'anonymised'))
);

create index response_history_response_id_index on feedback.response_history (workspace_id, response_id, at, id);
