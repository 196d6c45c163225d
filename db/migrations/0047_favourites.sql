-- What people want to find again. A list is a member's, or a browser's until its owner signs in; a shared one is read by whoever has the link. What is
-- watched is told of once when it costs less, or when the shop has it again.

create schema favourites;
grant usage on schema favourites to mila_app;

create table favourites.list (
  id          bigint generated always as identity primary key,
  member_id   bigint,
  device_hash bytea       check (octet_length(device_hash) = 32),
  name        text        not null check (char_length(name) between 1 and 60),
  share_hash  bytea       unique check (octet_length(share_hash) = 32),
  share_sealed bytea,
  made_at     timestamptz not null,
  seen_at     timestamptz not null,
  check (num_nonnulls(member_id, device_hash) = 1),
  check ((share_hash is null) = (share_sealed is null))
);
create index on favourites.list (member_id) where member_id is not null;
create index on favourites.list (device_hash) where device_hash is not null;
create index on favourites.list (seen_at) where device_hash is not null;
grant select, insert, update, delete on favourites.list to mila_app;

create table favourites.item (
  list_id     bigint      not null references favourites.list on delete cascade,
  group_no    bigint      not null,
  added_at    timestamptz not null,
  price_minor bigint      not null,             -- the card price when it was put here, or told of: lower ones are news
  watch_price boolean     not null default false,
  watch_shop  text,                             -- tell when this shop has it
  primary key (list_id, group_no)
);
create index on favourites.item (group_no) where watch_price or watch_shop is not null;
grant select, insert, update, delete on favourites.item to mila_app;
