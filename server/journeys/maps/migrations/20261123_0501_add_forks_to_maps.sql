-- Steps may lie on one of several ways. Those drawn before lie on none.
update journeys.maps
set document = jsonb_set(
      document, '{steps}',
      coalesce((select jsonb_agg('{"fork": null}'::jsonb || step.value order by step.place) from jsonb_array_elements(document -> 'steps') with ordinality as step (value, place)), '[]')
    ),
    first_document = jsonb_set(
      first_document, '{steps}',
      coalesce((select jsonb_agg('{"fork": null}'::jsonb || step.value order by step.place) from jsonb_array_elements(first_document -> 'steps') with ordinality as step (value, place)), '[]')
    );
