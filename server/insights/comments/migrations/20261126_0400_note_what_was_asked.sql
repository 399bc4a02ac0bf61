-- What the question of a comment asked for when it was read by it: 'praise' or 'better'; null for neither, for both, and where nobody asked.
alter table insights.readings add column asked text;
