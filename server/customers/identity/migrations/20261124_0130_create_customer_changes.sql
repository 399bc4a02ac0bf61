-- Customers whose being in segments may have changed by a member's hand: merged, separated, corrected. What rows of the record change is seen with the rows.
create table customers.customer_changes (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null,
  customer_id uuid not null
);
create index customer_changes_xid_seq_index on customers.customer_changes (xid, seq);
