-- Grows whenever an entry comes, goes or becomes known to be somebody: what was worked out from the list is then worked out again.
alter table customers.segments add column entries_revision bigint not null default 0;
