-- The chain's shops. A code is for ever: receipts, tills and rules name a shop by it, also after it closed.

create schema shops;
grant usage on schema shops to mila_app;

create table shops.shop (
  code         text primary key check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$'),
  name         jsonb       not null check (name ?& array['ru', 'be', 'en']),
  city         jsonb       not null check (city ?& array['ru', 'be', 'en']),
  address      jsonb       not null check (address ?& array['ru', 'be', 'en']),
  latitude     double precision not null check (latitude between -90 and 90),
  longitude    double precision not null check (longitude between -180 and 180),
  legal_entity text,
  state        text        not null default 'open' check (state in ('open', 'closed')),
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  check ((state = 'closed') = (closed_at is not null))
);
grant select, insert, update on shops.shop to mila_app;
