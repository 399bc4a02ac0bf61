-- Most questions are about feelings, of which there are few beside the facts: apart, a question about them reads no facts.
create table facts as select * exclude (record) from experience where record = 'interaction';
create table feelings as select * exclude (record) from experience where record = 'perception';
drop table experience;
create view experience as
  select *, 'interaction' as record from facts
  union all
  select *, 'perception' as record from feelings;
