-- One row is one batch of the resolver whose interactions are not yet added to the counters of assignments and activity: the counters have
-- many indexes and nobody waits for them, so they are written after the batch shows in figures. Taking a row away and adding it up is one transaction.
create table customers.pending_counts (
  id bigint generated always as identity primary key,
  identifier_ids bigint[] not null,
  times timestamptz[] not null
);
