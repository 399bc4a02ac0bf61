-- Whom a link or hidden field named as having served (an id, an e-mail address or a name), and what it was about.
alter table feedback.responses add column served_by text;
alter table feedback.responses add column product text;
