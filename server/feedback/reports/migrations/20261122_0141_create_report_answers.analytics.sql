-- Answers for reports. Everything that can be counted is a box with a whole number: "9 at the question nps of survey S", "skipped", "left here".
-- Numbers group and join three times as fast as words, and a box says survey and question by itself.
create table boxes (
  box bigint not null,
  workspace_id uuid not null,
  survey_id uuid not null,
  question varchar not null,
  kind varchar not null,
  part varchar not null,
  choice varchar not null,
  number double
);

-- Ways a response came: every pair of circumstances met so far.
create table cells (
  cell bigint not null,
  workspace_id uuid not null,
  channel varchar not null,
  language varchar not null,
  version bigint not null,
  touchpoint varchar not null,
  campaign varchar not null
);

-- One row is one response as it is now; `response` is its number in this copy.
create table responses (
  response bigint not null,
  workspace_id uuid not null,
  survey_id uuid not null,
  id uuid not null,
  day bigint not null,
  cell bigint not null,
  -- Its answers count: it is complete or was left half-way, and was neither screened out nor flagged.
  is_counted boolean not null,
  seconds double
);

-- One row is one answer in a box (several of one question where several were chosen). `day` counts local days since 1970.
create table answers (
  response bigint not null,
  day bigint not null,
  cell bigint not null,
  box bigint not null,
  value double
);

-- The same rows counted by day, cell and box, in portions that add up: what changed later is a portion with a minus sign.
create table answer_counts (
  day bigint not null,
  cell bigint not null,
  box bigint not null,
  count bigint not null,
  total double not null,
  squares double not null
);

-- Traits of the customer at the time of the response, of names with few values: what segments are made of.
create table trait_values (
  trait bigint not null,
  workspace_id uuid not null,
  name varchar not null,
  value varchar not null
);

create table response_traits (
  response bigint not null,
  trait bigint not null
);

create table answer_positions (
  source varchar primary key,
  xid varchar not null,
  seq bigint not null
);
