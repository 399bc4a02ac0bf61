-- The quotas a response takes a place in, so that exactly those places are given back: a corrected answer may belong to another quota.
-- Null for responses that took none, and for those written before places were kept.
alter table feedback.responses add column places text[];
