-- Why somebody on a list was passed over the last time it was their turn, though it was an hour to call; null once they are called.
alter table feedback.call_targets add column skip_reason text;
