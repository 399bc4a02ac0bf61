-- Lists, files and numbers date a response by when it was completed, or saved last while it is not: a list opened from a number then holds what was counted.
create index responses_answered_at_index on feedback.responses (workspace_id, (coalesce(completed_at, saved_at)) desc, id desc);
create index responses_survey_id_answered_at_index on feedback.responses (workspace_id, survey_id, (coalesce(completed_at, saved_at)) desc, id desc);
-- Retention still asks by survey for when a response began; nothing asks by that for a whole workspace any more.
drop index feedback.responses_started_at_index;
drop index feedback.responses_uncounted_index;
create index responses_uncounted_index on feedback.responses (workspace_id, (coalesce(completed_at, saved_at)) desc, id desc) where outcome <> 'counted';
