-- A mail is under way until its server has taken or refused it, the mail of a reminder as well: the first one may have been delivered long before.
drop index feedback.invitations_underway_index;
create index invitations_underway_index on feedback.invitations (mail_id)
  where mail_id is not null and state = 'sent' and (delivered_at is null or (channel = 'email' and delivered_at < last_sent_at));
