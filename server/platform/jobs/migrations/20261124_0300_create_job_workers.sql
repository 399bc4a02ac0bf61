-- Who runs jobs, and when it last said so: what somebody silent has taken is given back.
create table platform.job_workers (
  id text primary key,
  seen_at timestamptz not null
);
