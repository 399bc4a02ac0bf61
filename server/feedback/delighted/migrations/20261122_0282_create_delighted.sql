-- Which survey the clients of Delighted ask with; they know only one.
create table feedback.delighted_projects (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  survey_id uuid not null,
  distribution_id uuid not null,
  constraint delighted_projects_pkey primary key (workspace_id),
  constraint delighted_projects_survey_fkey foreign key (workspace_id, survey_id) references feedback.surveys (workspace_id, id) on delete cascade,
  constraint delighted_projects_distribution_fkey foreign key (workspace_id, distribution_id) references feedback.distributions (workspace_id, id) on delete cascade
);

-- One row is a person as such a client named them, under the number it knows them by.
create table feedback.delighted_people (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  id bigint generated always as identity,
  email text,
  phone text,
  name text,
  properties jsonb not null default '{}',
  unsubscribed_at timestamptz,
  created_at timestamptz not null,
  constraint delighted_people_pkey primary key (workspace_id, id),
  constraint delighted_people_email_key unique (workspace_id, email),
  constraint delighted_people_phone_key unique (workspace_id, phone),
  constraint delighted_people_address_check check (email is not null or phone is not null)
);

-- One row is a person asked again and again.
create table feedback.delighted_memberships (
  workspace_id uuid not null,
  platform text not null,
  person_id bigint not null,
  properties jsonb not null default '{}',
  next_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint delighted_memberships_pkey primary key (workspace_id, platform, person_id),
  constraint delighted_memberships_person_fkey foreign key (workspace_id, person_id) references feedback.delighted_people (workspace_id, id) on delete cascade,
  constraint delighted_memberships_platform_check check (platform in ('email', 'sms'))
);

create index delighted_memberships_next_at_index on feedback.delighted_memberships (next_at);
create index delighted_memberships_person_id_index on feedback.delighted_memberships (workspace_id, person_id);

-- What such a client said beside an answer it brought, so that it finds it again.
create table feedback.delighted_responses (
  workspace_id uuid not null,
  response_id uuid not null,
  person_id bigint,
  properties jsonb not null default '{}',
  constraint delighted_responses_pkey primary key (workspace_id, response_id),
  constraint delighted_responses_response_fkey foreign key (workspace_id, response_id) references feedback.responses (workspace_id, id) on delete cascade
);
