-- What a comment names: ["product:Tunnel tent", "place:Oslo City"], and "person:" with the id of a member. Guessed people are not among them.
-- Readings made before have none until their comments are read anew.
alter table insights.readings add column named jsonb not null default '[]';
