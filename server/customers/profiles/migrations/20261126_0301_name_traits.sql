-- One row is a name under which something was said of a customer of the workspace. Traits themselves name their workspace only through their identifier, so
-- that looking all of them through takes too long for a list to choose from. A name stays when the last who had it is forgotten: it says nothing of anybody.
create table customers.trait_names (
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  constraint trait_names_pkey primary key (workspace_id, name)
);
insert into customers.trait_names (workspace_id, name)
select distinct identifier.workspace_id, trait.name
from customers.traits trait
join customers.identifiers identifier on identifier.id = trait.identifier_id;
