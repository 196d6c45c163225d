-- Tills and what they tell us. A receipt is a fact: it is kept under its natural key for ever, with the answer the till was given, and what
-- breaks a rule waits in quarantine instead of being refused. One row carries the fact, the answer and the explanation, because a receipt is
-- by far the most frequent thing written here.

create schema tills;
grant usage on schema tills to mila_app;

create table tills.till (
  id             bigint generated always as identity primary key,
  shop           text   not null,
  number         int    not null check (number between 1 and 9999),
  state          text   not null default 'waiting' check (state in ('waiting', 'enrolled', 'revoked')),
  created_at     timestamptz not null,
  key_id         text unique,
  algorithm      text check (algorithm in ('hmac-sha256', 'ed25519')),
  secret_sealed  bytea,                         -- hmac-sha256: shared secret, sealed
  public_key     text,                          -- ed25519: x of the key, base64url
  enrolled_at    timestamptz,
  revoked_at     timestamptz,
  sequence_floor bigint not null default 0,     -- every message up to here arrived, or was given up by a person
  unique (shop, number),
  check ((state = 'enrolled') = (key_id is not null)),
  check (key_id is null or (algorithm = 'ed25519') = (public_key is not null)),
  check (key_id is null or (algorithm = 'hmac-sha256') = (secret_sealed is not null))
);
grant select, insert, update on tills.till to mila_app;

create table tills.enrolment_code (
  code_hash  bytea primary key,
  till_id    bigint not null references tills.till,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index on tills.enrolment_code (till_id);
grant select, insert, update, delete on tills.enrolment_code to mila_app;

-- No foreign key to tills.till: its check would lock the till's one row for every receipt. The id spells shop, till, shift and number.
create table tills.receipt (
  id           text collate "C" primary key,
  till_id      bigint      not null,
  kind         text        not null check (kind in ('sale', 'return')),
  state        text        not null check (state in ('settled', 'quarantined', 'parked', 'cancelled')),
  sold_at      timestamptz not null,            -- the till's clock, never later than ours
  recorded_at  timestamptz not null,
  sequence     bigint      check (sequence > 0),
  request_key  text,
  fingerprint  bytea       not null,
  member_id    bigint,
  card_id      bigint,
  total_minor  bigint      not null,
  earned       bigint      not null default 0 check (earned >= 0),
  redeemed     bigint      not null default 0 check (redeemed >= 0),
  fiscal_uid   text,
  purchase_id  text,
  sale         text collate "C",                -- of a return: what it takes back, see sale-reference.ts
  flags        text[]      not null default '{}',
  programme_version bigint,                     -- whose rules counted
  counted      jsonb,                           -- what was counted per line, where the answer does not say it all
  identifier   bytea,                           -- sealed, and kept only while the receipt waits for somebody
  body         json        not null,            -- as received, without the identifier; json keeps the text, is never queried, and costs half
  explanation  json,
  answer       text        not null             -- word for word
);
create unique index on tills.receipt (till_id, request_key) where request_key is not null;
create index on tills.receipt (till_id, sequence) where sequence is not null;
create index on tills.receipt (member_id, sold_at) where member_id is not null;
create index on tills.receipt (fiscal_uid) where fiscal_uid is not null;
create index on tills.receipt (till_id, purchase_id) where purchase_id is not null;
create index on tills.receipt (sale) where state = 'parked';
grant select, insert, update on tills.receipt to mila_app;

-- What came back of a sale, line by line: never more than was sold (I6).
create table tills.returned_line (
  sale_id        text collate "C" not null references tills.receipt,
  line           int    not null,
  sold_milli     bigint not null,
  returned_milli bigint not null check (returned_milli between 0 and sold_milli),
  earned         bigint not null,
  clawed         bigint not null check (clawed between 0 and earned),
  redeemed       bigint not null,
  restored       bigint not null check (restored between 0 and redeemed),
  primary key (sale_id, line)
);
grant select, insert, update on tills.returned_line to mila_app;

-- A sale annulled at the till; it may be told to us before the sale is.
create table tills.cancellation (
  sale_id     text collate "C" primary key,
  till_id     bigint      not null,
  sequence    bigint,
  reason      text,
  cancelled_at timestamptz not null,
  recorded_at timestamptz not null,
  state       text        not null check (state in ('settled', 'parked')),
  answer      text        not null
);
create index on tills.cancellation (sale_id) where state = 'parked';
create index on tills.cancellation (till_id, sequence) where sequence is not null;
grant select, insert, update on tills.cancellation to mila_app;

-- Points set aside at a till until the receipt is confirmed.
create table tills.redemption (
  id            bigint generated always as identity primary key,
  till_id       bigint      not null references tills.till,
  purchase_id   text        not null,
  member_id     bigint      not null,
  card_id       bigint,
  card_kind     text        not null,
  points        bigint      not null check (points > 0),
  per_line      jsonb       not null,
  hold_id       bigint      not null,
  proof         text        not null check (proof in ('rotating', 'code', 'static')),
  authorised_at timestamptz not null,
  lapses_at     timestamptz not null,
  state         text        not null default 'held' check (state in ('held', 'captured', 'voided')),
  receipt_id    text collate "C",
  sequence      bigint,                          -- of the message that voided it
  check ((state = 'captured') = (receipt_id is not null))
);
create index redemption_of_card on tills.redemption (card_id) where state = 'held';
create index on tills.redemption (till_id, purchase_id);
create index on tills.redemption (till_id, sequence) where sequence is not null;
create index on tills.redemption (member_id, authorised_at);
grant select, insert, update on tills.redemption to mila_app;

-- What a till asked under a key and what it was answered; receipts keep this in their own row.
create table tills.request (
  till_id     bigint not null,
  key         text   not null check (char_length(key) between 1 and 128),
  fingerprint bytea  not null,
  status      smallint not null,
  answer      text   not null,
  asked_at    timestamptz not null,
  primary key (till_id, key)
);
create index on tills.request (asked_at);
grant select, insert, update, delete on tills.request to mila_app;

-- Facts that need a person: nothing a till says is thrown away.
create table tills.quarantine (
  id          bigint generated always as identity primary key,
  till_id     bigint      not null,
  kind        text        not null check (kind in ('sale', 'return', 'cancel', 'void', 'unreadable')),
  reasons     text[]      not null check (cardinality(reasons) > 0),
  receipt_id  text collate "C",                  -- the receipt that waits; for a conflict the one that was there first
  sequence    bigint,
  fingerprint bytea       not null,
  sealed      bytea,                             -- the fact itself where no receipt row holds it
  answer      text,                              -- word for word, where no receipt row holds it
  arrived_at  timestamptz not null,
  state       text        not null default 'open' check (state in ('open', 'released', 'dismissed')),
  decided_at  timestamptz,
  decided_by  text,
  note        text,
  unique (till_id, fingerprint),
  check ((state = 'open') = (decided_at is null)),
  check ((state = 'open') = (decided_by is null))
);
create index on tills.quarantine (id) where state = 'open';
create index on tills.quarantine (receipt_id) where receipt_id is not null;
create index on tills.quarantine (till_id, sequence) where sequence is not null;
grant select, insert, update on tills.quarantine to mila_app;

-- Numbers a till asked about and nobody has: somebody may be counting through (A16).
create table tills.look_up_misses (
  till_id bigint      not null,
  since   timestamptz not null,                  -- the start of the window
  misses  int         not null check (misses > 0),
  primary key (till_id, since)
);
grant select, insert, update, delete on tills.look_up_misses to mila_app;

-- A five-digit code sent to the member's phone, said aloud at the till: three minutes, five tries, one use.
create table tills.confirmation (
  id         bigint generated always as identity primary key,
  till_id    bigint      not null,
  member_id  bigint      not null,
  code_hash  bytea       not null,
  sent_at    timestamptz not null,
  expires_at timestamptz not null,
  tries_left int         not null default 5 check (tries_left >= 0),
  used_at    timestamptz
);
create index on tills.confirmation (member_id, sent_at);
grant select, insert, update, delete on tills.confirmation to mila_app;

-- The fingerprint an acquirer gives a bank card, bound to the partner card it was shown with; never a bank card number.
create table tills.card_stamp (
  stamp_hash  bytea primary key,
  card_number bytea not null,                    -- sealed: the loyalty card it stands for
  bound_at    timestamptz not null,
  bound_by    text not null
);
grant select, insert, delete on tills.card_stamp to mila_app;
