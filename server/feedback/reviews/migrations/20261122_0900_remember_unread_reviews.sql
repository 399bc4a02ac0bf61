-- Whether the last reading of a source came to its end. Only then may the next one stop at the first page without anything new: whatever is older is here.
-- Sources from before are read whole once more; what is here already changes nothing.
alter table feedback.review_sources add column is_read_to_end boolean not null default false;
-- Where the reading broke off; null: begin anew. Tokens travel in headers, so that the address holds no secret.
alter table feedback.review_sources add column unread_from text;
-- Counts what members changed, so that a poll that began before writes nothing on what it did not ask.
alter table feedback.review_sources add column revision integer not null default 1;
