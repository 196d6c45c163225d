-- What people tell about prices in the shop: a code nobody knows, and a till that asked another price than was shown.
-- Both are for staff to work off. Contacts and a person's own words are sealed; what was shown stands open, because it is the proof.

create schema pricecheck;
grant usage on schema pricecheck to mila_app;

create table pricecheck.unknown_code (
  code          text        not null check (code ~ '^\d{8,14}$'),
  shop          text        not null, -- '' where nobody said
  times         int         not null default 1 check (times > 0),
  first_seen_at timestamptz not null,
  last_seen_at  timestamptz not null,
  state         text        not null default 'open' check (state in ('open', 'settled')),
  settled_at    timestamptz,
  settled_by    text,
  note          text check (char_length(note) between 1 and 500),
  primary key (code, shop),
  check ((state = 'settled') = (settled_at is not null and settled_by is not null))
);
create index on pricecheck.unknown_code (last_seen_at desc) where state = 'open';
grant select, insert, update on pricecheck.unknown_code to mila_app;

-- how much one network told today: nobody fills the queues (security case A51)
create table pricecheck.told (
  network bytea not null,
  what    text  not null check (what in ('codes', 'claims')),
  day     date  not null,
  times   int   not null,
  primary key (network, what, day)
);
grant select, insert, update, delete on pricecheck.told to mila_app;

create table pricecheck.claim (
  id         bigint generated always as identity (start with 1001) primary key,
  ean        text        not null check (ean ~ '^\d{8,14}$'),
  shop       text        not null,
  shown      jsonb       not null, -- name and prices as they stood on the screen
  source     text        not null check (source in ('live', 'kept')), -- sealed by us when shown, or what the phone had kept
  shown_at   timestamptz not null,
  till_minor bigint      not null check (till_minor between 1 and 100000000),
  member_id  bigint,
  device     bytea, -- keyed hash of the browser, so that a guest finds the answer
  said       bytea, -- sealed: contact and words
  locale     text        not null check (locale in ('ru', 'be', 'en')),
  made_at    timestamptz not null,
  state      text        not null default 'open' check (state in ('open', 'answered')),
  outcome    text check (outcome in ('till_wrong', 'page_wrong', 'no_fault')),
  answer     text check (char_length(answer) between 1 and 1000),
  answered_at timestamptz,
  answered_by text check (answered_by ~ '^staff:[0-9]+$'),
  check ((state = 'answered') = (outcome is not null and answer is not null and answered_at is not null and answered_by is not null))
);
create index on pricecheck.claim (id) where state = 'open';
create index on pricecheck.claim (member_id) where member_id is not null;
create index on pricecheck.claim (device) where device is not null;
grant select, insert, update on pricecheck.claim to mila_app;
