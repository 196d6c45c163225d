-- What a person of the staff signs in with: a passkey whose phone verified its owner, or a password together with a code of an authenticator app. Never an SMS, never an e-mail.
-- Each comes by an invitation that works once. Everything here is counted by the clock of this database: an app's code knows no other, and no program's clock makes a try older.

-- An invitation is bound to one person. Nobody invites themselves; null: made on the server.
create table staff.invitation (
  id            bigint generated always as identity primary key,
  staff_id      bigint      not null references staff.person,
  hash          bytea       not null unique check (octet_length(hash) = 32),
  made_by       bigint      references staff.person,
  made_at       timestamptz not null default now(),
  ends_at       timestamptz not null default now() + interval '24 hours',
  used_at       timestamptz,
  withdrawn_at  timestamptz,                             -- another one was made, or the person left
  secret_sealed bytea,                                   -- of an authenticator app that is being set up
  check (made_by <> staff_id),
  check (used_at is null or withdrawn_at is null)
);
create unique index on staff.invitation (staff_id) where used_at is null and withdrawn_at is null;

create table staff.factor (
  id            bigint generated always as identity primary key,
  staff_id      bigint      not null references staff.person,
  kind          text        not null check (kind in ('passkey', 'authenticator')),
  name          text        not null check (char_length(name) between 1 and 100), -- by which its owner tells it from another
  made_at       timestamptz not null default now(),
  used_at       timestamptz,
  -- a passkey
  domain        text        check (char_length(domain) between 1 and 253),
  credential_id bytea       unique check (octet_length(credential_id) between 16 and 1023),
  public_key    bytea       check (octet_length(public_key) between 32 and 2048),
  uses_counted  bigint      check (uses_counted between 0 and 4294967295),
  synced        boolean,
  transports    text[]      check (cardinality(transports) <= 8),
  doubted       boolean     not null default false,      -- its counter went backwards: there may be a copy
  -- an authenticator app, and the password beside it
  secret_sealed bytea,
  last_step     bigint,                                  -- of the last code that was taken: it and all before it are used
  password_hash text        check (password_hash like '$argon2id$%'),
  check ((kind = 'passkey') = (num_nonnulls(domain, credential_id, public_key, uses_counted, synced, transports) = 6)),
  check ((kind = 'authenticator') = (num_nonnulls(secret_sealed, last_step, password_hash) = 3)),
  check (num_nonnulls(domain, credential_id, public_key, uses_counted, synced, transports) in (0, 6)),
  check (num_nonnulls(secret_sealed, last_step, password_hash) in (0, 3))
);
create index on staff.factor (staff_id);
create unique index on staff.factor (staff_id) where kind = 'authenticator';

-- What a phone is asked to sign, once and within five minutes, answered by who asked alone.
create table staff.challenge (
  hash       bytea       primary key check (octet_length(hash) = 32),
  asker_hash bytea       not null check (octet_length(asker_hash) = 32),
  ends_at    timestamptz not null default now() + interval '5 minutes'
);
create index on staff.challenge (ends_at);

-- Wrong tries in a row for a number, known or not: of strange devices together, and of each known one alone, so that strangers keep nobody out.
create table staff.attempt (
  key      bytea       primary key check (octet_length(key) = 32),
  failures int         not null check (failures > 0),
  last_at  timestamptz not null default now()
);
create index on staff.attempt (last_at);

create table staff.use (
  what  text        not null check (char_length(what) between 1 and 50),
  key   bytea       not null check (octet_length(key) = 32),
  since timestamptz not null,
  uses  int         not null check (uses > 0),
  primary key (what, key, since)
);
create index on staff.use (since);

create table staff.device (
  token_hash bytea       not null check (octet_length(token_hash) = 32),
  staff_id   bigint      not null references staff.person,
  last_at    timestamptz not null default now(),
  primary key (token_hash, staff_id)
);
create index on staff.device (staff_id);

grant select, insert, update on staff.invitation to mila_app;
grant select, insert, update, delete on staff.factor, staff.challenge, staff.attempt, staff.use, staff.device to mila_app;
