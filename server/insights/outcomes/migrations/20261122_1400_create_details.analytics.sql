-- What facts carry that outcomes and needs are reckoned from: amounts, dates promised, which order or case it was about.
-- One row is one such property of one fact; the row of experience with the same id says when, where and of whom.
create table details (
  workspace_id uuid not null,
  id uuid not null,
  seq bigint not null,
  name varchar not null,
  number double,
  moment timestamp,
  text varchar
);

create table detail_positions (
  source varchar primary key,
  xid varchar not null,
  seq bigint not null
);
