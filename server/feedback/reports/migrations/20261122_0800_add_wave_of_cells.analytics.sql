-- The wave of a distribution whose invitation led to the response, `<distribution>/<number>`; empty for whoever was not invited by name.
alter table cells add column wave varchar default '';
