-- Touchpoints are guessed anew (payment and delivery details apart from the checkout), and usual channels have one spelling each. The copy is filled again
-- from the record when its definition changes, as by this.
select 1;
