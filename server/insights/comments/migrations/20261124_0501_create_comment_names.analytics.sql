-- One row is one thing a comment names. `value` is folded, so that ways of writing are one thing; `name` is how it was written.
create table comment_names (
  workspace_id uuid not null,
  id uuid not null,
  value varchar not null,
  name varchar not null
);
