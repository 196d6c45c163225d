-- Apps of members sign in with two tokens: a short one for every request, a long one that is good once and brings the next two. Kept are keyed hashes alone.

create table members.app_token (
  id           bigint generated always as identity primary key,
  session_id   bigint      not null references members.session on delete cascade,
  access_hash  bytea       not null unique check (octet_length(access_hash) = 32),
  refresh_hash bytea       not null unique check (octet_length(refresh_hash) = 32),
  access_until timestamptz not null,
  taken_at     timestamptz, -- the app has them in hand: its first request came
  renewed_at   timestamptz  -- the long one was used; from then on it opens nothing
);
create index on members.app_token (session_id);
create index on members.app_token (renewed_at);
grant select, insert, update, delete on members.app_token to mila_app;

-- What was answered to a member's app under an Idempotency-Key, kept in the act's own transaction: a repeat gets the same answer and has no second effect.
create table members.answer (
  member_id   bigint      not null references members.member,
  key         text        not null check (char_length(key) between 1 and 200),
  fingerprint bytea       not null check (octet_length(fingerprint) = 32),
  status      int         not null,
  body        bytea       not null, -- sealed: an answer may carry a secret that is shown once
  answered_at timestamptz not null,
  primary key (member_id, key)
);
create index on members.answer (answered_at);
grant select, insert, delete on members.answer to mila_app;
