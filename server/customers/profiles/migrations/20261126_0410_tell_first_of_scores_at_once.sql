-- Where several scores were given at once, such as a satisfaction and a rating of one review, lists of customers tell the one that lists of answers tell.
update customers.activity activity
set last_score = score.value, last_score_kind = score.kind, last_score_normalised = score.normalised, last_score_scale_max = score.scale_max
from (
  select distinct on (scored.customer_id) scored.customer_id, perception.value, perception.kind, perception.normalised, perception.scale_max
  from customers.activity scored
  join customers.assignments assignment on assignment.customer_id = scored.customer_id
  join customers.identifiers identifier on identifier.id = assignment.identifier_id
  join customers.perceptions perception
    on perception.workspace_id = identifier.workspace_id and perception.subject = identifier.kind || ':' || identifier.value and perception.at = scored.last_score_at
  where perception.normalised is not null and not perception.is_inferred
    and perception.at >= assignment.valid_from and perception.at < assignment.valid_to
  order by scored.customer_id, coalesce(array_position(array['nps', 'csat', 'ces', 'stars', 'rating'], perception.kind), 99), perception.id desc
) score
where activity.customer_id = score.customer_id and activity.last_score_kind <> score.kind;
