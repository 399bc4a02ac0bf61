-- The response a feeling was stated in, so that what else is known of the same person at that time can be laid beside it.
alter table experience add column response_id uuid;
