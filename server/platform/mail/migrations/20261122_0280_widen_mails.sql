alter table platform.mails
  -- The same key is the same mail: it is stored, and so sent, once.
  add column key text,
  add column from_name text,
  add column reply_to text,
  -- Where the mail server sends what could not be delivered; null: the sender's own address.
  add column return_path text,
  add column message_id text,
  add column headers jsonb,
  -- Rather lost than sent twice, when a server dies in the very moment of handing the mail over.
  add column is_once boolean not null default false,
  -- Who is delivering it, and since when: whoever dies meanwhile is given up after a while.
  add column claim uuid,
  add column claimed_at timestamptz,
  -- Everything but the last line is with the mail server: from here on nobody can tell whether it took the mail, until it says so.
  add column handed_over_at timestamptz,
  add column refused_at timestamptz,
  add column refusal text;

create unique index mails_key_key on platform.mails (key) where key is not null;
create index mails_waiting_index on platform.mails (created_at) where sent_at is null and refused_at is null;
