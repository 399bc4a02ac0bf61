-- Few comments have a theme taken from them; each search and each merging looks for these.
create index theme_assignments_removed_index on insights.theme_assignments (workspace_id) where removed <> '{}';
