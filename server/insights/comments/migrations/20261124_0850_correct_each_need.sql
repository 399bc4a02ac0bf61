-- Each need is a part of its own, so that two people who set different needs of a comment do not undo one another. What was set before, all needs
-- at once, is set need by need.
insert into insights.corrections (id, workspace_id, perception_id, part, before, after, member_id, at)
select gen_random_uuid(), workspace_id, perception_id, need, coalesce(before -> need, 'null'::jsonb), coalesce(after -> need, 'null'::jsonb), member_id, at
from insights.corrections
cross join unnest(array['EASY', 'EXPECT', 'PROMISE', 'INFORM', 'INDIVID', 'RIGHT']) need
where part = 'needs';

delete from insights.corrections where part = 'needs';

update insights.readings
set corrected = array_remove(corrected, 'needs') || array['EASY', 'EXPECT', 'PROMISE', 'INFORM', 'INDIVID', 'RIGHT']
where 'needs' = any (corrected);

-- A part that was given back to the reader: what a person had set stands before, what the model reads after.
alter table insights.corrections add column is_withdrawal boolean not null default false;
