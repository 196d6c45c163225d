-- How a person proves who they are. Whoever reads these tables can use nothing of them: codes, tokens and addresses are keyed hashes, passwords slow ones.

create table members.password (
  member_id  bigint      primary key references members.member,
  hash       text        not null check (hash like '$argon2id$%'),
  earlier    text[]      not null default '{}' check (cardinality(earlier) <= 3), -- not taken again
  changed_at timestamptz not null
);

-- A code on its way to a phone or an e-mail address. Whoever asked holds the flow's token; nobody else can use the code.
create table members.code (
  id             bigint generated always as identity primary key,
  flow_hash      bytea       not null unique check (octet_length(flow_hash) = 32),
  purpose        text        not null check (purpose in ('register', 'sign_in', 'recover', 'change_phone', 'change_email', 'confirm')),
  address_hash   bytea       not null check (octet_length(address_hash) = 32),
  address_sealed bytea       not null,
  code_hash      bytea       not null check (octet_length(code_hash) = 32),
  sent_at        timestamptz not null,
  expires_at     timestamptz not null,
  tries_left     smallint    not null check (tries_left >= 0),
  used_at        timestamptz, -- the address is proven
  spent_at       timestamptz  -- and what the proof was for is done
);
create index on members.code (address_hash, sent_at);
create index on members.code (sent_at);

create table members.session (
  id           bigint generated always as identity primary key,
  token_hash   bytea       not null unique check (octet_length(token_hash) = 32),
  member_id    bigint      not null references members.member,
  kind         text        not null check (kind in ('web', 'app')),
  device       text        not null check (char_length(device) between 1 and 100),
  started_at   timestamptz not null,
  proven_at    timestamptz not null, -- when the person last proved who they are
  seen_at      timestamptz not null,
  ended_at     timestamptz
);
create index on members.session (member_id) where ended_at is null;
create index on members.session (seen_at) where ended_at is null;

-- Devices on which a member signed in before: others are told of, and a crowd of strangers never keeps these out.
create table members.known_device (
  token_hash bytea       not null check (octet_length(token_hash) = 32),
  member_id  bigint      not null references members.member,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  primary key (token_hash, member_id)
);
create index on members.known_device (last_at);

-- How often something was done: by a keyed hash of whom or what, within a window that began at `since`.
create table members.use (
  what  text        not null check (char_length(what) between 1 and 50),
  key   bytea       not null check (octet_length(key) = 32),
  since timestamptz not null,
  uses  int         not null check (uses > 0),
  primary key (what, key, since)
);
create index on members.use (since);

-- Wrong passwords in a row for a phone, known or not, on strange devices together and on each known one alone.
create table members.failure (
  address_hash bytea       primary key check (octet_length(address_hash) = 32),
  failures     int         not null check (failures > 0),
  last_at      timestamptz not null
);

create index on members.failure (last_at);

grant select, insert, update, delete on members.password, members.code, members.session, members.known_device, members.use, members.failure to mila_app;
