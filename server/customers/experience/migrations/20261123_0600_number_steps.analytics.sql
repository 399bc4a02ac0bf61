-- The numbers of the touchpoints of a step, when the customer was last here before, and when this very step was last begun before. With them, what follows
-- what and how many customers that were are counted in one pass over narrow columns, without a list of customers.
drop view experience;
alter table facts add column touchpoint_no integer;
alter table facts add column previous_no integer;
alter table facts add column here_before timestamp;
alter table facts add column step_before timestamp;
alter table feelings add column touchpoint_no integer;
alter table feelings add column previous_no integer;
alter table feelings add column here_before timestamp;
alter table feelings add column step_before timestamp;
create view experience as
  select *, 'interaction' as record from facts
  union all
  select *, 'perception' as record from feelings;

create table touchpoint_numbers (
  workspace_id uuid not null,
  touchpoint_no integer not null,
  touchpoint varchar not null
);
