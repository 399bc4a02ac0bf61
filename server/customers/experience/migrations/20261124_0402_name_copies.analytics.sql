-- One row: by which name the record knows this copy.
create table copy_name (
  id uuid not null
);
