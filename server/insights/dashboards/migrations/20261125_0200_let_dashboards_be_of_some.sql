-- Who in the workspace sees a board, and who changes it; until now everybody whose role allows it.
alter table insights.dashboards
  add column seen_by text not null default 'everybody',
  -- Of boards seen by some: whoever is in one of the teams today, or has one of the roles. Teams that are gone match nobody.
  add column seen_by_teams uuid[] not null default '{}',
  add column seen_by_roles text[] not null default '{}',
  add column changeable_by text not null default 'seers',
  -- Whose board it is. Nobody's, once they have left.
  add column owner_id uuid references people.members (id) on delete set null;

alter table insights.dashboards
  add constraint dashboards_seen_by_check check (seen_by in ('everybody', 'chosen', 'oneself')),
  add constraint dashboards_changeable_by_check check (changeable_by in ('seers', 'oneself'));

update insights.dashboards set owner_id = created_by where created_by is not null;

create index dashboards_owner_id_index on insights.dashboards (owner_id) where owner_id is not null;
