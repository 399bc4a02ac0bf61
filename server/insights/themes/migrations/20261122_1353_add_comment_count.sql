-- How many comments there were when themes were last looked for: twice as many say more.
alter table insights.theme_sets add column comment_count integer not null default 0;
