-- Rows of people who were erased, so that nobody comes back with a file that was uploaded before.
alter table customers.imports add column rows_left_out bigint not null default 0;
