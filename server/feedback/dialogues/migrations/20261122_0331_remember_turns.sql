-- What the sender called each of its turns: one that arrives late, after a newer one, changes nothing either.
alter table feedback.dialogues
  add column keys text[] not null default '{}',
  drop column last_key;
