-- The number of the customer of a row, and whose it is. Who is in a segment is kept as one bit for each number, so that whose answer it is needs no join.
-- A number is never given again: of a customer who is gone it stays, and names nobody.
drop view experience;
alter table facts add column customer_no integer;
alter table feelings add column customer_no integer;
create view experience as
  select *, 'interaction' as record from facts
  union all
  select *, 'perception' as record from feelings;

create table customer_numbers (
  workspace_id uuid not null,
  customer_no integer not null,
  customer uuid
);
