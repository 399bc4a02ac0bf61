-- Which kind of identifier counts before which, in this workspace; null: as Firsthand does it.
alter table customers.identity_settings add column priority text[];
