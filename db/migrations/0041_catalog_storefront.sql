-- What a shopper is shown: things with their variants (schema.org ProductGroup), brands, attributes by family, prices by zone with their history, promotions,
-- stock by shop. Texts, prices and stock are kept apart, because they change at different speeds: a price or a count never rewrites a description.

alter table catalog.category
  add column position int not null default 0,
  add column family   text;

create table catalog.brand (
  name    text primary key check (char_length(name) between 1 and 100),
  slug    text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  country text check (country ~ '^[A-Z]{2}$'),
  spoken  text[] not null default '{}' -- how people say and misspell it: «лореаль»
);
grant select, insert, update on catalog.brand to mila_app;

create table catalog.attribute (
  code     text primary key check (code ~ '^[a-z0-9_]{1,64}$'),
  name     jsonb   not null check (name ?& array['ru', 'be', 'en']),
  filtered boolean not null default true,
  position int     not null default 0
);
grant select, insert, update on catalog.attribute to mila_app;

create table catalog.attribute_value (
  attribute text  not null references catalog.attribute,
  code      text  not null check (char_length(code) between 1 and 100),
  name      jsonb not null check (name ?& array['ru', 'be', 'en']),
  swatch    text  check (swatch ~ '^#[0-9a-f]{6}$'), -- a colour, where the value is one
  position  int   not null default 0,
  primary key (attribute, code)
);
grant select, insert, update on catalog.attribute_value to mila_app;

-- which attributes belong to what kind of goods
create table catalog.family (
  code       text primary key check (code ~ '^[a-z0-9_]{1,64}$'),
  name       jsonb  not null check (name ?& array['ru', 'be', 'en']),
  attributes text[] not null default '{}'
);
grant select, insert, update on catalog.family to mila_app;
alter table catalog.category add foreign key (family) references catalog.family;

create table catalog.product_group (
  no                int generated always as identity primary key,
  code              text   not null unique check (char_length(code) between 1 and 100), -- the name 1C knows it by
  slug              text   not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 150),
  name              jsonb  not null check (name ?& array['ru', 'be', 'en']),
  brand             text   references catalog.brand,
  category          text   references catalog.category,
  description       jsonb  check (description ?& array['ru', 'be', 'en']),
  application       jsonb  check (application ?& array['ru', 'be', 'en']), -- how it is used
  composition       text,                                                  -- as printed, INCI
  maker             jsonb,                                                 -- {"name", "address"}: article 7 of Law 90-Z
  importer          jsonb,
  country           text   check (country ~ '^[A-Z]{2}$'),
  shelf_life_months int    check (shelf_life_months > 0),
  opened_months     int    check (opened_months > 0),                      -- PAO
  returns           text   not null default 'standard' check (returns in ('standard', 'sealed_only', 'never')),
  attributes        jsonb  not null default '{}',
  pictures          jsonb  not null default '[]',
  made_of           jsonb  not null default '[]',                          -- a set: [{"sku", "pieces"}]
  state             text   not null default 'shown' check (state in ('shown', 'hidden')),
  novel_since       date,
  popularity        int    not null default 0,
  stars_sum         int    not null default 0,
  stars_count       int    not null default 0,
  touched_at        timestamptz not null,                                  -- when a feed last named it: what "deactivate" of an exchange goes by
  check (stars_sum between stars_count and stars_count * 5)
);
create index on catalog.product_group (category);
grant select, insert, update on catalog.product_group to mila_app;

alter table catalog.product
  add column no            int generated always as identity unique,
  add column group_no      int references catalog.product_group,
  add column label         jsonb,                         -- what sets a variant apart: «тон 03», «250 мл»
  add column attributes    jsonb not null default '{}',
  add column position      int   not null default 0,
  add column net_amount    numeric(12, 3) check (net_amount > 0),
  add column net_unit      text  check (net_unit in ('ml', 'g', 'pcs', 'm')),
  add column picture       jsonb,
  add check ((net_amount is null) = (net_unit is null));
create index on catalog.product (group_no);

-- a shop as prices and counts see it: a small number, and the zone whose prices hold there
create table catalog.place (
  no   smallint generated always as identity primary key,
  shop text not null unique,
  zone text not null default 'main' check (zone ~ '^[a-z0-9-]{1,32}$')
);
grant select, insert, update on catalog.place to mila_app;

-- what differs from the main zone, whose prices stand with the product
create table catalog.zone_price (
  zone          text   not null check (zone <> 'main'),
  sku           text   not null references catalog.product,
  regular_minor bigint not null check (regular_minor >= 0),
  card_minor    bigint not null check (card_minor between 0 and regular_minor),
  primary key (zone, sku)
);
grant select, insert, update, delete on catalog.zone_price to mila_app;

-- every price there was: the honest "cheaper than in the last thirty days", and what a shopper saw when a till asks more
create table catalog.price_change (
  sku           text        not null references catalog.product,
  zone          text        not null,
  since         timestamptz not null,
  regular_minor bigint      not null,
  card_minor    bigint      not null,
  primary key (sku, zone, since)
);
grant select, insert, update, delete on catalog.price_change to mila_app;

create table catalog.promotion (
  code      text        primary key check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(code) <= 100),
  name      jsonb       not null check (name ?& array['ru', 'be', 'en']),
  terms     jsonb       not null check (terms ?& array['ru', 'be', 'en']),
  starts_at timestamptz not null,
  ends_at   timestamptz not null check (ends_at > starts_at),
  look      text        not null default 'rose'
);
grant select, insert, update on catalog.promotion to mila_app;

create table catalog.promotion_price (
  promotion   text   not null references catalog.promotion,
  sku         text   not null references catalog.product,
  price_minor bigint not null check (price_minor >= 0),
  card_minor  bigint not null check (card_minor between 0 and price_minor),
  primary key (promotion, sku)
);
create index on catalog.promotion_price (sku);
grant select, insert, update, delete on catalog.promotion_price to mila_app;

-- eleven million rows at most: shop and product by small numbers, a row in place of an old one stays on its page (HOT)
create table catalog.stock (
  place          smallint    not null,
  product        int         not null,
  quantity_milli int         not null check (quantity_milli >= 0),
  counted_at     timestamptz not null,
  primary key (place, product)
) with (fillfactor = 85);
create index on catalog.stock (product);
grant select, insert, update, delete on catalog.stock to mila_app;

-- what changed for those who keep a copy in memory: read by version, tidied after an hour; who is further behind reads everything again
alter table catalog.version add column shown bigint not null default 0;
create table catalog.change (
  version  bigint      not null,
  what     text        not null check (what in ('groups', 'prices', 'stock', 'words')),
  place    smallint,
  numbers  int[],                                         -- groups, products; null: all there are (of the place)
  at       timestamptz not null
);
create index on catalog.change (version);
grant select, insert, delete on catalog.change to mila_app;
