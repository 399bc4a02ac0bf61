-- One row is the register of one workspace: how often it changed, and up to which change the past bears its names.
create table journeys.registers (
  workspace_id uuid primary key references platform.workspaces (id) on delete cascade,
  version bigint not null,
  named_version bigint not null default 0
);
