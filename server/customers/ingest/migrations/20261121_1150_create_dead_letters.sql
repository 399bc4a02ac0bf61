-- One row is one event that was refused: nothing sent is lost, a person can mend it and send it again.
-- The id is a hash of workspace and content, so a retried request does not double it.
create table customers.dead_letters (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  source text not null,
  reason text not null,
  detail text not null,
  -- Text, not json: it holds what was sent, however broken.
  payload text not null,
  received_at timestamptz not null,
  state text not null default 'open' constraint dead_letters_state_check check (state in ('open', 'replayed', 'discarded')),
  resolved_at timestamptz,
  resolved_by uuid,
  interaction_id uuid
);

create index dead_letters_workspace_id_state_received_at_index on customers.dead_letters (workspace_id, state, received_at desc, id desc);
-- Old letters are cleared away by this.
create index dead_letters_received_at_index on customers.dead_letters (received_at);
