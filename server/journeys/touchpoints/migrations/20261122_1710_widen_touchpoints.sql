-- Kinds were few and named after media; they now name the meeting itself. What an old kind cannot tell apart, the usual names can.
update journeys.touchpoints
set kind = case
  when kind = 'advert' then 'advertising'
  when kind = 'page' and lower(name) = 'search' then 'search'
  when kind = 'page' and lower(name) in ('help centre', 'account') then 'self_service'
  when kind = 'page' then 'website'
  when kind = 'visit' then 'shop'
  when kind = 'conversation' then 'support'
  when kind = 'document' and lower(name) like '%invoice%' then 'invoice'
  when kind = 'document' then 'other'
  when kind = 'service' and lower(name) in ('return', 'refund') then 'return'
  when kind = 'service' and lower(name) like '%warranty%' then 'warranty'
  when kind = 'service' and lower(name) = 'order change' then 'purchase'
  when kind = 'service' and lower(name) = 'trial' then 'product'
  when kind = 'service' then 'support'
  else kind
end;

alter table journeys.touchpoints
  add column team text,
  -- What meets the customer: a thing, a screen or a human being.
  add column nature text not null default 'digital',
  add column environment text,
  -- What it asks of the customer, beside the words in `asks`.
  add column steps integer,
  add column minutes double precision,
  add column documents text[] not null default '{}',
  add constraint touchpoints_nature_check check (nature in ('physical', 'digital', 'human'));

update journeys.touchpoints
set nature = case
  when kind = 'support' then 'human'
  when kind in ('shop', 'packaging', 'delivery', 'product', 'return', 'warranty') then 'physical'
  else 'digital'
end;
