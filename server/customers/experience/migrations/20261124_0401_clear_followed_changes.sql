-- One row is one log of changes, and up to where one copy of the record in an analytics store has followed it.
create table customers.followed_changes (
  copy_id uuid not null,
  log text not null,
  xid xid8 not null,
  seq bigint not null,
  told_at timestamptz not null,
  constraint followed_changes_pkey primary key (copy_id, log),
  constraint followed_changes_log_check check (log in ('identity_changes', 'customer_changes', 'deletions'))
);

-- One row is one log of changes, and up to where it may be cleared: a copy that is not that far has missed some.
create table customers.cleared_changes (
  log text not null,
  xid xid8 not null,
  seq bigint not null,
  constraint cleared_changes_pkey primary key (log)
);
