-- One demo company per installation, even when two people ask for it in the same moment.
create unique index workspaces_is_demo_index on platform.workspaces (is_demo) where is_demo;
