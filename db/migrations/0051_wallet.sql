-- Passes: a member's card as the wallet of a phone shows it. A pass belongs to one card and ends with it, so that a lost phone learns nothing of the card that
-- comes instead. What a pass shows lies elsewhere and is asked for when it is made; here is which passes there are, whom to tell when one changes, and when
-- they were told last.

create schema wallet;
grant usage on schema wallet to mila_app;

create table wallet.pass (
  id            bigint generated always as identity primary key,
  kind          text        not null check (kind in ('apple', 'google')),
  serial        text        not null unique check (serial ~ '^[A-Za-z0-9_-]{22}$'), -- random: names the pass and nothing else
  card_id       bigint      not null,
  member_id     bigint      not null,                      -- whose points it shows; a merge changes it
  device_id     bigint,                                    -- Google: the card's device whose key makes the rotating code there
  says_hash     bytea check (octet_length(says_hash) = 32),  -- of what it says; null: nobody was ever given it
  changed_at    timestamptz,                               -- since when it says so, in whole seconds, as phones compare them
  due_at        timestamptz,                               -- look, not before, whether it says something else by now; while somebody looks, when that claim ends
  told_at       timestamptz,                               -- when its phones, or Google, were last told
  tries         smallint    not null default 0 check (tries >= 0),
  placing_until timestamptz,                               -- somebody puts it to Google with a new key; no second one meanwhile
  made_at       timestamptz not null,
  ended_at      timestamptz                                -- shown as void from then on
);
create unique index one_pass_of_a_card on wallet.pass (card_id, kind) where ended_at is null;
create index on wallet.pass (member_id);
create index on wallet.pass (due_at) where due_at is not null;
create index on wallet.pass (ended_at) where ended_at is not null;

-- An iPhone that wants to hear of changes. It is named by Apple, differently for each pass type; its push token is an address, so it lies sealed.
create table wallet.registration (
  pass_id           bigint      not null references wallet.pass on delete cascade,
  device_hash       bytea       not null check (octet_length(device_hash) = 32),
  push_token_sealed bytea       not null,
  registered_at     timestamptz not null,
  primary key (pass_id, device_hash)
);
create index on wallet.registration (device_hash);

-- One row: how far the ledger was read for passes whose points have moved, and what Google was last told of the programme.
create table wallet.known (
  one        boolean primary key default true check (one),
  read_upto  bigint,
  class_hash bytea check (octet_length(class_hash) = 32)
);

grant select, insert, update, delete on wallet.pass, wallet.registration to mila_app;
insert into wallet.known default values;
grant select, update on wallet.known to mila_app;
