-- What the device said last: answers the server refuses, which it keeps, and the code of the last refusal.
alter table feedback.kiosks
  add column refused integer not null default 0,
  add column problem text;
