-- Photos were once stored with all that their cameras tell. Those still are until a job has stripped them; what is taken in now comes stripped.
alter table journeys.map_photos add column awaits_stripping boolean not null default false;

update journeys.map_photos set awaits_stripping = true;

create index map_photos_unstripped_index on journeys.map_photos (workspace_id, map_id, id) where awaits_stripping;
