-- What a search keeps when one machine's memory is not enough: the same words, columns, prices and stock as the index in memory, asked through the same
-- interface. Everything here is made of the catalogue and can be thrown away and made again.

create schema search;
grant usage on schema search to mila_app;

create table search.document (
  place       int primary key,          -- the order it was told in: ties go by it
  no          bigint not null,          -- what answers name it by
  brand       text,
  category    text,
  country     text,
  "values"    text[] not null,          -- `attribute value`, those people choose by
  ingredients text[] not null,          -- INCI names, small letters
  novel_day   int    not null,          -- days since 1970-01-01, -1: never new
  popularity  int    not null,
  stars       smallint not null,        -- the average, ten-fold; 0: none
  esteem      real   not null,
  norm        real   not null,          -- how much a long name loses
  shops       int    not null default 0 -- in how many shops there is a piece of it
);
create table search.posting (stem text not null, place int not null, weight smallint not null, primary key (stem, place));
create table search.word (text text primary key, stem text not null, documents int not null, brand boolean not null);
create table search.phrase (kind text not null check (kind in ('brand', 'category')), code text not null, words text[] not null);
create table search.code (code text not null, place int not null, ean boolean not null, primary key (code, place));
create index on search.code (code text_pattern_ops) where ean;
create table search.product (no bigint primary key, place int not null, nth int not null);
create index on search.product (place);
create table search.price (no bigint not null, zone text not null, regular int not null, card int not null, before int, primary key (no, zone));
create table search.document_price (place int not null, zone text not null, card int not null, discount smallint not null, primary key (place, zone));
create table search.stock (shop text not null, no bigint not null, primary key (shop, no));
create table search.document_stock (shop text not null, place int not null, primary key (shop, place));
-- how far it follows the catalogue, and which making of it this is: who has learned an earlier one learns anew
create table search.version (
  only_row    boolean primary key default true check (only_row),
  version     bigint not null,
  made        uuid   not null default gen_random_uuid(),
  followed_at timestamptz
);
grant select, insert, update, delete on all tables in schema search to mila_app;
