-- When a shop is open and what it offers besides goods. Hours are clock times of Minsk: a week that repeats, what holds on state holidays, and days that differ
-- (an inventory, a repair, a holiday kept longer). They are read whole with a shop and never searched, so a week is one small array.

alter table shops.shop
  add column week     text[] check (cardinality(week) = 7), -- Monday first; '09:00-21:00', past midnight '10:00-02:00', or 'closed'; null: not known
  add column holiday  text not null default 'usual' check (holiday in ('usual', 'closed') or holiday ~ '^\d\d:\d\d-\d\d:\d\d$'),
  add column phone    text check (phone ~ '^\+\d{9,15}$'),
  add column services text[] not null default '{}';

create table shops.service (
  code     text primary key check (code ~ '^[a-z0-9_]{1,32}$'),
  name     jsonb not null check (name ?& array['ru', 'be', 'en']),
  position int   not null default 0
);
grant select, insert, update on shops.service to mila_app;

insert into shops.service (code, name, position) values
  ('pickup',       '{"ru": "Самовывоз заказов", "be": "Самавываз заказаў", "en": "Order pick-up"}', 1),
  ('certificates', '{"ru": "Подарочные сертификаты", "be": "Падарункавыя сертыфікаты", "en": "Gift certificates"}', 2),
  ('price_checker','{"ru": "Сканер цен", "be": "Сканер цэн", "en": "Price scanner"}', 3),
  ('testers',      '{"ru": "Тестеры и макияж", "be": "Тэстары і макіяж", "en": "Testers and make-up"}', 4),
  ('gift_wrap',    '{"ru": "Подарочная упаковка", "be": "Падарункавая ўпакоўка", "en": "Gift wrapping"}', 5),
  ('recycling',    '{"ru": "Приём флаконов и батареек", "be": "Прыём флаконаў і батарэек", "en": "Bottles and batteries taken back"}', 6),
  ('parking',      '{"ru": "Парковка", "be": "Паркоўка", "en": "Parking"}', 7),
  ('step_free',    '{"ru": "Вход без ступеней", "be": "Уваход без прыступак", "en": "Step-free entrance"}', 8);

create table shops.special_hours (
  id       bigint generated always as identity primary key,
  shop     text not null references shops.shop,
  from_day date not null,
  to_day   date not null check (to_day >= from_day and to_day < from_day + 1000),
  hours    text not null check (hours = 'closed' or hours ~ '^\d\d:\d\d-\d\d:\d\d$'),
  reason   jsonb check (reason ?& array['ru', 'be', 'en']),
  made_at  timestamptz not null,
  made_by  text not null check (made_by ~ '^staff:[0-9]+$' or made_by = 'system'),
  ended_at timestamptz -- taken back; kept, because people were told of it
);
create index on shops.special_hours (shop, to_day) where ended_at is null;
grant select, insert, update on shops.special_hours to mila_app;
