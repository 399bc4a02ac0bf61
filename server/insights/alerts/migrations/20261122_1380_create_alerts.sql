-- One row is a rule that is looked at by the clock: what is watched, where, and who is told. Those every workspace begins with carry the name of
-- their preset; deleted ones stay as a row, so that they are not made again.
create table insights.alert_rules (
  id uuid primary key,
  workspace_id uuid not null,
  preset text,
  name text not null,
  what text not null,
  direction text not null,
  sensitivity text not null,
  -- In the unit that is shown: points, percent, values of the scale; percent of what is expected where things are counted.
  smallest_change double precision not null,
  filters jsonb not null,
  -- { members: [{ memberId, mail }], owners, quiet }
  told jsonb not null,
  hook_url text,
  secrets jsonb not null default '{}',
  is_on boolean not null default true,
  snoozed_until timestamptz,
  -- What the rule remembers from look to look; null until it has looked.
  state jsonb,
  revision integer not null default 0,
  next_look_at timestamptz not null,
  made_by uuid,
  created_at timestamptz not null,
  deleted_at timestamptz,
  constraint alert_rules_preset_unique unique (workspace_id, preset)
);

create index alert_rules_workspace_id_index on insights.alert_rules (workspace_id, created_at, id);
create index alert_rules_next_look_at_index on insights.alert_rules (next_look_at) where is_on and deleted_at is null;

-- One row is one change that was told, with the evidence of that moment; it ends when things are as before, or when the change has become usual.
create table insights.alerts (
  id uuid primary key,
  workspace_id uuid not null,
  rule_id uuid not null references insights.alert_rules (id) on delete cascade,
  -- The day or hour of the look, counted from 1970: the same look made twice finds the row there.
  step integer not null,
  direction text not null,
  raised_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  -- Found when the rule looked back over history, or while nobody wanted to be told.
  is_quiet boolean not null,
  is_from_history boolean not null,
  evidence jsonb not null,
  hook_state text,
  constraint alerts_rule_id_step_unique unique (rule_id, step)
);

create unique index alerts_open_index on insights.alerts (rule_id) where ended_at is null;
create index alerts_workspace_id_raised_at_index on insights.alerts (workspace_id, raised_at desc, id desc);

-- One row is one member's word on one alert: seen, and whether it was useful.
create table insights.alert_opinions (
  alert_id uuid not null references insights.alerts (id) on delete cascade,
  member_id uuid not null,
  workspace_id uuid not null,
  seen_at timestamptz not null,
  is_useful boolean,
  constraint alert_opinions_pkey primary key (alert_id, member_id)
);
