-- One row is a theme found in a comment; the rows of experience and readings with the same id say the rest.
create table comment_themes (
  workspace_id uuid not null,
  id uuid not null,
  theme_id uuid not null,
  sure double not null
);

create table theme_positions (
  source varchar primary key,
  xid varchar not null,
  seq bigint not null
);
