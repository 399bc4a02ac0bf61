-- Photos were once stored with all that their cameras tell. Those still are until a job has stripped them; what is taken in now comes stripped.
alter table feedback.files add column awaits_stripping boolean not null default false;

update feedback.files set awaits_stripping = true where content_type in ('image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/avif');

create index files_unstripped_index on feedback.files (workspace_id, id) where awaits_stripping;
