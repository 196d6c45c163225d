-- Pictures a source names by address are fetched by us, after the import that named them and never within it (security rule 24). One row an address: what is kept is not
-- fetched anew, and what would not come is tried again later.
create table exchange.picture_link (
  url        text     primary key check (octet_length(url) <= 2000),
  host       text     not null,
  source     text     not null, -- who named it last, in which import and where: there it is told when it does not come
  import     bigint   not null references exchange.import,
  line       int,
  thing      text     not null,
  due_at     timestamptz,       -- when it is to be looked at; null: it is kept, or given up
  tried      smallint not null default 0,
  fetched_at timestamptz,
  why        text,              -- it did not come
  etag       text,
  modified   text,
  kept       text,              -- its print among the media
  width      int,
  height     int
);
create index on exchange.picture_link (host, due_at) where due_at is not null;
grant select, insert, update on exchange.picture_link to mila_app;
