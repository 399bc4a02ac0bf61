-- The ways that failed a person for good: a mail that came back, a text message that cannot be brought. They are never taken again, and the
-- addresses stay, so that wishes about them still find the invitation. bounced_at is when the last of them failed.
alter table feedback.invitations
  add column dead_channels text[] not null default '{}',
  -- Saves of answers from links are numbered here, so that of two at once the later one stands.
  add column answer_revision integer not null default 0,
  add constraint invitations_dead_channels_check check (dead_channels <@ array['email', 'text']);

update feedback.invitations
set dead_channels = array[channel], mail_id = null
where bounced_at is not null and channel is not null;

-- Where another way is taken, bounced_at stays and a later mail may be under way all the same.
drop index feedback.invitations_underway_index;
create index invitations_underway_index on feedback.invitations (mail_id) where mail_id is not null and delivered_at is null and state = 'sent';
