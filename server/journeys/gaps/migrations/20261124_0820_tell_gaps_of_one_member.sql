-- A team of which one member alone was felt is that member: whoever takes such a gap on must not show her figures to everybody. Of gaps of teams taken
-- on before, nobody knows which these are, so they are kept back from those who do not hand gaps out.
alter table journeys.gap_assignments add column is_of_one_member boolean not null default false;

update journeys.gap_assignments set is_of_one_member = true where kind in ('team', 'member');
