-- Channels stand in the register as well: those that are planned and never used show there.
alter table journeys.register_entries
  drop constraint register_entries_kind_check,
  add constraint register_entries_kind_check check (kind in ('stage', 'channel', 'environment', 'product', 'place'));
