-- The exchange with 1C and other sources of goods. What a source said is kept here in its own words (1C tells a good, its offers, prices and stock in separate
-- files), is judged before it changes anything the shop shows, and reaches the catalogue through the catalogue's acts alone.

create schema exchange;
grant usage on schema exchange to mila_app;

-- a conversation of 1C: from checkauth to complete
create table exchange.session (
  id        bigint generated always as identity primary key,
  token     bytea       not null unique, -- keyed hash of the cookie
  sessid    text        not null,        -- told with every request of newer 1C, against requests a page made
  staff_id  bigint      not null,
  begun_at  timestamptz not null
);
grant select, insert, delete on exchange.session to mila_app;

-- what was sent, piece by piece; in the database, so that any machine may receive and any worker may read
create table exchange.file (
  id       bigint generated always as identity primary key,
  session  bigint references exchange.session on delete set null,
  name     text   not null check (char_length(name) between 1 and 255),
  kind     text   not null check (kind in ('document', 'archive', 'picture')),
  archive  bigint references exchange.file on delete cascade, -- it lies in this archive and is read from there
  size     bigint not null default 0,
  begun_at timestamptz not null,
  closed   boolean not null default false                      -- taken up by an import: the same name begins a new file
);
create unique index on exchange.file (session, name) where not closed;
create index on exchange.file (begun_at);
create index on exchange.file (name) where kind = 'picture';
create index on exchange.file (archive) where archive is not null;
grant select, insert, update, delete on exchange.file to mila_app;

create table exchange.piece (
  file  bigint not null references exchange.file on delete cascade,
  start bigint not null, -- where in the file it begins
  bytes bytea  not null check (octet_length(bytes) <= 1048576),
  primary key (file, start)
);
alter table exchange.piece alter column bytes set storage external; -- mostly packed already, and read whole
grant select, insert, delete on exchange.piece to mila_app;

create table exchange.import (
  id         bigint generated always as identity primary key,
  source     text    not null check (source ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  what       text    not null check (what in ('file', 'deactivate')),
  session    bigint  references exchange.session on delete set null,
  file       bigint  references exchange.file on delete set null,
  file_name  text    not null,
  unseen_since timestamptz,                       -- deactivate: what was not named since then leaves the shop window
  dry_run    boolean not null default false,
  whole      boolean not null default false,      -- names everything the source has: the rest is hidden
  state      text    not null check (state in ('waiting', 'reading', 'judging', 'held', 'applying', 'done', 'stopped', 'failed')),
  position   jsonb   not null default '{}',       -- how far it came: written with what it says, so that nothing happens twice
  counts     jsonb   not null default '{}',
  diff       jsonb,
  held_for   text[]  not null default '{}',
  failure    jsonb,
  asked_by   bigint  not null,
  asked_at   timestamptz not null,
  ended_at   timestamptz,
  decided_by bigint,
  decided_at timestamptz,
  note       text,
  check ((state in ('done', 'stopped', 'failed')) = (ended_at is not null))
);
create index on exchange.import (source, id) where state in ('waiting', 'reading', 'judging', 'applying');
create index on exchange.import (session, file_name);
grant select, insert, update on exchange.import to mila_app;

-- rows that could not be taken, each with its reason
create table exchange.quarantine (
  id     bigint generated always as identity primary key,
  import bigint not null references exchange.import,
  line   int,
  field  text   not null,
  reason text   not null,
  thing  text,  -- what it is about, by the source's id
  value  text   -- what stood there, cut short
);
create index on exchange.quarantine (import, id);
grant select, insert, delete on exchange.quarantine to mila_app;

-- what a file says, before it counts
create table exchange.staged (
  import bigint   not null references exchange.import,
  pass   smallint not null check (pass in (1, 2)), -- words first, then goods and offers
  no     int      not null,
  line   int      not null,
  kind   text     not null,
  thing  text     not null,
  fact   jsonb    not null,
  primary key (import, pass, no)
);
grant select, insert, delete on exchange.staged to mila_app;

-- stock, turned from "shops of an offer" into "offers of a shop": one list of offers a batch, one row of counts a warehouse
create table exchange.staged_offers (
  import bigint not null references exchange.import,
  no     int    not null,
  offers text[] not null,
  primary key (import, no)
);
grant select, insert, delete on exchange.staged_offers to mila_app;
create table exchange.staged_stock (
  import    bigint not null references exchange.import,
  warehouse text   not null,
  no        int    not null,
  milli     int[]  not null, -- in the order of the offers, thousandths; null: not said
  primary key (import, warehouse, no)
);
grant select, insert, delete on exchange.staged_stock to mila_app;

-- a source's words, and what they mean here
create table exchange.category (
  source text not null,
  id     text not null,
  parent text,
  name   text not null,
  path   text, -- in our catalogue; once given it stays while its parent does
  primary key (source, id)
);
grant select, insert, update on exchange.category to mila_app;
create table exchange.property (
  source    text  not null,
  id        text  not null,
  name      text  not null,
  attribute text  not null,
  closed    boolean not null, -- a directory: its values are a list
  values    jsonb not null default '{}',
  primary key (source, id)
);
grant select, insert, update on exchange.property to mila_app;
create table exchange.price_type (
  source   text not null,
  id       text not null,
  name     text not null,
  currency text,
  means    text not null check (means in ('regular', 'card', 'floor', 'nothing')),
  zone     text not null default 'main',
  chosen   boolean not null default false, -- by a person: the source does not change it any more
  primary key (source, id)
);
grant select, insert, update on exchange.price_type to mila_app;
create table exchange.warehouse (
  source text not null,
  id     text not null,
  name   text not null,
  shop   text, -- null: nobody said yet which shop that is
  chosen boolean not null default false,
  primary key (source, id)
);
grant select, insert, update on exchange.warehouse to mila_app;

create table exchange.good (
  source  text  not null,
  id      text  not null,
  fact    jsonb not null,
  seen_at timestamptz not null,
  hidden  boolean not null default false,
  put     boolean not null default false, -- the catalogue has it
  primary key (source, id)
);
create index on exchange.good (source, seen_at) where not hidden;
grant select, insert, update on exchange.good to mila_app;
create table exchange.offer (
  source  text  not null,
  id      text  not null, -- 1C: good, or good#characteristic
  good    text  not null,
  sku     text  not null,
  fact    jsonb,          -- null: so far only its price was told
  prices  jsonb not null default '{}', -- kopecks by type of price
  primary key (source, id),
  unique (source, sku)
);
create index on exchange.offer (source, good);
grant select, insert, update on exchange.offer to mila_app;
