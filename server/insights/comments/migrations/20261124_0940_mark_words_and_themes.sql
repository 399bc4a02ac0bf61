-- Words of a comment that people marked as personal data or as a name, or freed of it, as it stands now, the last one last:
-- [{ about, from, to, kind }], without a kind where the words are none. What the model finds is laid under it; the columns beside hold both.
alter table insights.readings add column marked jsonb not null default '[]';

-- Which words ("12-24") or which theme (its id) a correction is about; empty for parts that a comment has once.
alter table insights.corrections add column place text not null default '';

-- Themes that people gave a comment or took from it. What is found by words stays beside it, so that a search never undoes what people said.
alter table insights.theme_assignments add column added uuid[] not null default '{}';
alter table insights.theme_assignments add column removed uuid[] not null default '{}';
create index theme_assignments_added_index on insights.theme_assignments (workspace_id) where added <> '{}';
