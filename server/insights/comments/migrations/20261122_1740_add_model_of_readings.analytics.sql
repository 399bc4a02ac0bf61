-- Which model read the comment, so that figures of what was read can say whose reading it is.
alter table readings add column model_version varchar;
