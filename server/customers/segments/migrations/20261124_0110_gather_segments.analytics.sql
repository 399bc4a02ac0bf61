-- Who is in a set of customers: bit n tells of the customer of number n. No customer has the number 0. Every process that follows looks its sets through
-- anew, so that nothing old is believed.
create table gathered_sets (
  set_id uuid not null,
  bits bit not null
);
