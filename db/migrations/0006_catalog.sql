-- What the chain sells, as far as a till needs it: facts that decide about points, names, prices and barcodes.
-- Every change carries the catalogue's version, so that "what is new since" is one range of an index.

create schema catalog;
grant usage on schema catalog to mila_app;

create table catalog.version (
  the_one boolean primary key default true check (the_one),
  version bigint not null
);
insert into catalog.version (version) values (0);
grant select, update on catalog.version to mila_app;

create table catalog.category (
  path text primary key check (path ~ '^[a-z0-9-]+(/[a-z0-9-]+){0,7}$'),
  name jsonb not null check (name ?& array['ru', 'be', 'en'])
);
grant select, insert, update on catalog.category to mila_app;

create table catalog.product (
  sku                 text primary key check (char_length(sku) between 1 and 64),
  kind                text   not null check (kind in ('goods', 'certificate', 'delivery')),
  name                jsonb  not null check (name ?& array['ru', 'be', 'en']),
  brand               text,
  category            text   references catalog.category,
  regular_price_minor bigint not null check (regular_price_minor >= 0),
  card_price_minor    bigint not null check (card_price_minor between 0 and regular_price_minor),
  min_price_minor     bigint check (min_price_minor >= 0), -- no discount, points included, goes below it
  version             bigint not null
);
create index on catalog.product (version, sku);
grant select, insert, update on catalog.product to mila_app;

create table catalog.barcode (
  ean text primary key check (ean ~ '^([0-9]{8}|[0-9]{12,14})$'),
  sku text not null references catalog.product
);
create index on catalog.barcode (sku);
grant select, insert, update, delete on catalog.barcode to mila_app;
