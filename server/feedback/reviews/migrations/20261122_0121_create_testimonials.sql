-- One row is one person's words for showing to others: asked for, given, looked at by a member, shown or not.
create table feedback.testimonials (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  state text not null,
  -- `testimonial`: words for us to show; `review`: only the way to a review site was shown to the person.
  kind text not null,
  -- The review it was taken from; null when the person was asked for it.
  review_id uuid,
  -- Identifier of the person it was asked from or is known to be by.
  subject text,
  -- Of the link in the mail: only its hash is kept.
  token_hash text,
  email text,
  author_name text,
  author_title text,
  stars double precision,
  original text not null,
  -- Places of the sentences of the original that a member chose to show; null shows all of it.
  excerpt integer[],
  -- What the person agreed to, in the very words that were shown, and when.
  consent jsonb,
  asked_at timestamptz,
  asked_by uuid,
  given_at timestamptz,
  moderated_at timestamptz,
  moderated_by uuid,
  created_at timestamptz not null,
  constraint testimonials_pkey primary key (workspace_id, id),
  constraint testimonials_token_hash_key unique (token_hash),
  constraint testimonials_review_id_key unique (workspace_id, review_id),
  constraint testimonials_review_fkey foreign key (workspace_id, review_id) references feedback.reviews (workspace_id, id) on delete cascade,
  constraint testimonials_kind_check check (kind in ('testimonial', 'review')),
  constraint testimonials_state_check check (state in ('asked', 'given', 'approved', 'rejected', 'withdrawn'))
);

create index testimonials_created_at_index on feedback.testimonials (workspace_id, created_at desc, id desc);
create index testimonials_subject_index on feedback.testimonials (workspace_id, subject) where subject is not null;

-- One row is one place where approved words are shown: a frame for other websites, and the same as data.
create table feedback.review_widgets (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id uuid not null,
  -- The public address names no workspace, so it is unique in the whole installation.
  slug text not null,
  name text not null,
  settings jsonb not null,
  is_published boolean not null default true,
  created_at timestamptz not null,
  constraint review_widgets_pkey primary key (workspace_id, id),
  constraint review_widgets_slug_key unique (slug)
);
