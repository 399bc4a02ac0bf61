-- A persona is a segment with a story: who these customers are, told as one person. Null: a segment like others.
alter table customers.segments add column story text;
