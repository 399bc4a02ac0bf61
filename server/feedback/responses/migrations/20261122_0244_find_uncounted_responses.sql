-- What does not count is rare and looked for: without an index a list of flagged ones reads every response.
create index responses_uncounted_index on feedback.responses (workspace_id, started_at desc, id desc) where outcome <> 'counted';
