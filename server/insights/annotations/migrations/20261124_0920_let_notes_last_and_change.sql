-- A note may be about several days, can be changed, and comes back when it was taken away by mistake.
alter table insights.annotations
  -- The last day of what went on for several; null: one day.
  add column last_day date,
  add column changed_at timestamptz,
  add column changed_by uuid references people.members (id) on delete set null,
  -- Taken away, and kept for a while so that it can be brought back.
  add column deleted_at timestamptz,
  add constraint annotations_days_in_order check (last_day is null or last_day > day);

create index annotations_changed_by_index on insights.annotations (changed_by) where changed_by is not null;
