-- One row is one place reviews come from: a feed, an account at a review site, an upload, a signed webhook.
create table feedback.review_sources (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  kind text not null,
  name text not null,
  settings jsonb not null,
  -- Tokens and passwords. No route ever gives them back, and no log names them.
  secrets jsonb not null,
  is_active boolean not null default true,
  created_at timestamptz not null,
  -- What the last answer of the address said of itself, so that an unchanged feed costs nothing.
  etag text,
  last_modified text,
  next_poll_at timestamptz,
  last_polled_at timestamptz,
  last_success_at timestamptz,
  last_new_count integer,
  -- Polls that failed one after the other: the more, the longer the pause.
  failures integer not null default 0,
  last_error text,
  constraint review_sources_pkey primary key (workspace_id, id)
);

create index review_sources_next_poll_at_index on feedback.review_sources (next_poll_at) where is_active and next_poll_at is not null;

-- One row is one review or mention, as it stands now. Source and external id keep it from counting twice.
create table feedback.reviews (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  -- Within what the external id is unique: the platform (a post found by two searches is one), or else the source.
  origin text not null,
  external_id text not null,
  -- Counts what the person said: an edited review is the next version.
  version integer not null,
  -- Counts what was recorded: another version, or another customer. The ids of the facts and feelings follow from it.
  revision integer not null,
  fingerprint text not null,
  url text,
  stars double precision,
  stars_max double precision not null,
  title text not null,
  body text not null,
  language text,
  author_name text,
  author_handle text,
  -- What the author may be known by ("external:mastodon:ann@example.social"), also while it is nobody's yet.
  author_identifiers text[] not null,
  -- Identifier of the customer who wrote it ("user:42"); null while nobody known did.
  subject text,
  is_assigned_by_hand boolean not null default false,
  -- The person was erased: the row stays without words and name, so that the review does not come back with the next poll.
  is_erased boolean not null default false,
  reference jsonb not null,
  written_at timestamptz not null,
  received_at timestamptz not null,
  -- What the organisation answered at the source.
  answer text,
  answered_at timestamptz,
  constraint reviews_pkey primary key (workspace_id, id),
  constraint reviews_external_id_key unique (workspace_id, origin, external_id),
  constraint reviews_source_fkey foreign key (workspace_id, source_id) references feedback.review_sources (workspace_id, id) on delete cascade
);

create index reviews_written_at_index on feedback.reviews (workspace_id, written_at desc, id desc) where not is_erased;
create index reviews_source_id_index on feedback.reviews (workspace_id, source_id, written_at desc);
create index reviews_unmatched_index on feedback.reviews (workspace_id, received_at) where subject is null and author_identifiers <> '{}' and not is_erased;
create index reviews_author_handle_index on feedback.reviews (workspace_id, author_handle) where author_handle is not null and is_assigned_by_hand;
create index reviews_subject_index on feedback.reviews (workspace_id, subject) where subject is not null;

-- What a review said before it was edited.
create table feedback.review_versions (
  workspace_id uuid not null,
  review_id uuid not null,
  number integer not null,
  stars double precision,
  title text not null,
  body text not null,
  written_at timestamptz not null,
  constraint review_versions_pkey primary key (workspace_id, review_id, number),
  constraint review_versions_review_fkey foreign key (workspace_id, review_id) references feedback.reviews (workspace_id, id) on delete cascade
);

-- One row is one answer by the organisation, from draft to sent. The newest of a review counts.
create table feedback.review_replies (
  workspace_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  body text not null,
  state text not null,
  error text,
  member_id uuid,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint review_replies_pkey primary key (workspace_id, id),
  constraint review_replies_review_fkey foreign key (workspace_id, review_id) references feedback.reviews (workspace_id, id) on delete cascade,
  constraint review_replies_state_check check (state in ('draft', 'queued', 'sent', 'failed'))
);

create index review_replies_review_id_index on feedback.review_replies (workspace_id, review_id, created_at desc, id desc);
