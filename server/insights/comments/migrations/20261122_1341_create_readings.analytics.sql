-- What was read in a comment; the row of experience with the same id says where, when and by whom it was written.
-- Needs: 1 met, -1 unmet, 0 both, null not spoken of.
create table readings (
  workspace_id uuid not null,
  id uuid not null,
  language varchar,
  sentiment varchar not null,
  sentiment_score double not null,
  emotion varchar,
  need_easy double,
  need_expect double,
  need_promise double,
  need_inform double,
  need_individ double,
  need_right double,
  is_urgent boolean not null,
  is_unsure boolean not null
);

create table reading_positions (
  source varchar primary key,
  xid varchar not null,
  seq bigint not null
);
