-- Who served, where they belonged then, where the customer was and what it was about. `served_by` is the word a record names
-- somebody with, where it named nobody by id: whoever comes to be known by it later is found by it. `served_at` is set where that was earlier than "at".
drop view experience;
alter table facts add column team_id uuid;
alter table facts add column department varchar;
alter table facts add column environment varchar;
alter table facts add column product varchar;
alter table facts add column served_by varchar;
alter table facts add column served_at timestamp;
alter table feelings add column team_id uuid;
alter table feelings add column department varchar;
alter table feelings add column environment varchar;
alter table feelings add column product varchar;
alter table feelings add column served_by varchar;
alter table feelings add column served_at timestamp;
create view experience as
  select *, 'interaction' as record from facts
  union all
  select *, 'perception' as record from feelings;
