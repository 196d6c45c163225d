-- Who works in the back office: people, the bearer keys they come with, what they may do, what they did, and what waits for a second person.
-- A key is kept as a keyed hash only; a reader of this table cannot sign in with what is here.

create schema staff;
grant usage on schema staff to mila_app;

create table staff.person (
  id          bigint generated always as identity primary key,
  name        text        not null check (char_length(name) between 1 and 200),
  permissions text[]      not null default '{}',       -- deny by default
  member_id   bigint unique,                           -- their own membership, so that nobody adjusts their own points
  state       text        not null default 'active' check (state in ('active', 'left')),
  added_at    timestamptz not null
);
grant select, insert, update on staff.person to mila_app;

create table staff.key (
  id         bigint generated always as identity primary key,
  staff_id   bigint      not null references staff.person,
  hash       bytea       not null unique check (octet_length(hash) = 32),
  label      text        not null check (char_length(label) between 1 and 100),
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index on staff.key (staff_id);
grant select, insert, update on staff.key to mila_app;

-- The trail is written once and never changed: not by the programs (no grant), not by a careless owner (trigger).
create table staff.audit (
  id       bigint generated always as identity primary key,
  at       timestamptz not null,
  staff_id bigint      references staff.person,        -- null: the system itself
  action   text        not null check (char_length(action) between 1 and 100),
  object   text        not null check (char_length(object) between 1 and 200),
  details  jsonb       not null default '{}'
);
create index on staff.audit (object, id);
create index on staff.audit (staff_id, id);
grant select, insert on staff.audit to mila_app;

select kernel.append_only('staff.audit', 'the audit trail is never changed');

-- What needs two pairs of eyes. The database itself refuses that somebody decides about their own request.
create table staff.approval (
  id         bigint generated always as identity primary key,
  kind       text        not null check (char_length(kind) between 1 and 100),
  object     text        not null check (char_length(object) between 1 and 200),
  request    jsonb       not null,
  state      text        not null default 'pending' check (state in ('pending', 'approved', 'rejected')),
  asked_by   bigint      not null references staff.person,
  asked_at   timestamptz not null,
  decided_by bigint      references staff.person,
  decided_at timestamptz,
  check (decided_by <> asked_by),
  check ((state = 'pending') = (decided_by is null) and (decided_by is null) = (decided_at is null))
);
create index on staff.approval (id) where state = 'pending';
grant select, insert, update on staff.approval to mila_app;

-- The answer to a command, kept in the command's own transaction: a repeat gets the same answer and has no second effect.
create table staff.answer (
  staff_id    bigint      not null references staff.person,
  key         text        not null check (char_length(key) between 1 and 200),
  fingerprint bytea       not null check (octet_length(fingerprint) = 32),
  status      int         not null,
  body        bytea       not null,                    -- sealed: an answer may carry a secret that is shown once
  answered_at timestamptz not null,
  primary key (staff_id, key)
);
grant select, insert on staff.answer to mila_app;
