-- A file in which a bank card number stood is not kept for its week: what it says is staged without the number, and its bytes go at once; those of an archive as soon as the
-- pictures in it are made.
alter table exchange.file
  add column holds_card boolean not null default false, -- it, or what lies in it, had a bank card number
  add column forgotten  boolean not null default false; -- its bytes are gone
create index on exchange.file (id) where holds_card and not forgotten;
