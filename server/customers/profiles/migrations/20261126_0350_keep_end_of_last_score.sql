-- A last score is told with the end of its scale: a five of seven is another thing than a five of five.
alter table customers.activity add column last_score_scale_max double precision;

-- The scores known so far, by the statement each was taken from: perceptions_workspace_id_subject_at_index finds it.
update customers.activity activity
set last_score_scale_max = score.scale_max
from (
  select distinct on (scored.customer_id) scored.customer_id, perception.scale_max
  from customers.activity scored
  join customers.assignments assignment on assignment.customer_id = scored.customer_id
  join customers.identifiers identifier on identifier.id = assignment.identifier_id
  join customers.perceptions perception
    on perception.workspace_id = identifier.workspace_id and perception.subject = identifier.kind || ':' || identifier.value
    and perception.at = scored.last_score_at and perception.kind = scored.last_score_kind and perception.value = scored.last_score
  where perception.normalised = scored.last_score_normalised and not perception.is_inferred
  order by scored.customer_id, perception.id desc
) score
where activity.customer_id = score.customer_id;
