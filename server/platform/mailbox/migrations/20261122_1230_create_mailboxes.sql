-- One row is one folder on a mail server that is read for a workspace.
create table platform.mailboxes (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  host text not null,
  port integer not null,
  encryption text not null,
  username text not null,
  -- The password, sealed. No route ever gives it back.
  secrets jsonb not null,
  folder text not null,
  every_minutes integer not null,
  -- Whether the mails that were there already are read too.
  reads_old boolean not null,
  is_active boolean not null,
  created_at timestamptz not null,
  -- Where reading goes on. A folder that was made anew has another validity, and its numbers begin again (RFC 3501, 2.3.1.1).
  uid_validity bigint,
  last_uid bigint not null default 0,
  next_poll_at timestamptz not null,
  last_polled_at timestamptz,
  last_success_at timestamptz,
  -- Polls that failed one after the other: the more, the longer the pause.
  failures integer not null default 0,
  last_error text,
  taken_count bigint not null default 0,
  left_count bigint not null default 0,
  -- Counts what members changed, so that a poll that began before writes nothing on what it did not read.
  revision integer not null default 1,
  constraint mailboxes_pkey primary key (workspace_id, id),
  constraint mailboxes_folder_key unique (workspace_id, host, username, folder),
  constraint mailboxes_encryption_check check (encryption in ('tls', 'starttls', 'none'))
);

create index mailboxes_next_poll_at_index on platform.mailboxes (next_poll_at, id) where is_active;

-- One row is one mail that was read once, or could not be: it is written in the transaction of whoever took the mail, so that none is taken twice.
create table platform.mailbox_mails (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  -- Hash of the headers: the same mail under another number.
  fingerprint text not null,
  id uuid not null,
  outcome text not null,
  -- Which reader took it.
  reader text,
  read_at timestamptz not null,
  size_bytes bigint not null,
  -- Only of mails that could not be read: why, from whom, and the mail itself, which is null when it was too large or was kept long enough.
  reason text,
  tries integer not null default 1,
  sender text,
  subject text,
  content bytea,
  constraint mailbox_mails_pkey primary key (workspace_id, mailbox_id, fingerprint),
  constraint mailbox_mails_mailbox_fkey foreign key (workspace_id, mailbox_id) references platform.mailboxes (workspace_id, id) on delete cascade,
  constraint mailbox_mails_outcome_check check (outcome in ('taken', 'left', 'failed'))
);

create unique index mailbox_mails_failed_index on platform.mailbox_mails (workspace_id, id) where outcome = 'failed';
create index mailbox_mails_read_at_index on platform.mailbox_mails (read_at);
