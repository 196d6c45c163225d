-- Who said STOP is left alone by advertising, also after they left and were forgotten, and should somebody bring them in again from a list: a keyed hash of the
-- number or address is all that is kept. It names nobody.
create table messages.suppression (
  channel    text        not null check (channel in ('sms', 'email')),
  reached_by bytea       not null check (octet_length(reached_by) = 32),
  since      timestamptz not null,
  why        text        not null check (why in ('stop', 'left')),
  primary key (channel, reached_by)
);
grant select, insert, update on messages.suppression to mila_app;

-- What a member wants of advertising beside what everybody is promised: hours of quiet of their own, fewer messages a week.
create table messages.wish (
  member_id   bigint      primary key,
  quiet_from  smallint    check (quiet_from between 0 and 23),
  quiet_until smallint    check (quiet_until between 0 and 23),
  most_a_week smallint    check (most_a_week between 0 and 7),
  changed_at  timestamptz not null,
  check ((quiet_from is null) = (quiet_until is null))
);
grant select, insert, update, delete on messages.wish to mila_app;

-- How many SMS went today: to one number (by its keyed hash), to a range of numbers, in all. What pumps SMS for money is stopped here (security case A05).
create table messages.sms_count (
  day   date not null,
  scope text not null check (scope in ('number', 'prefix', 'day')),
  key   text not null check (char_length(key) <= 64),
  sent  int  not null default 0 check (sent >= 0),
  stopped int not null default 0 check (stopped >= 0),
  primary key (day, scope, key)
);
grant select, insert, update, delete on messages.sms_count to mila_app;

-- Codes do not wait behind a mailing.
create index on messages.outbox (id) where state = 'queued' and template = 'confirmation_code';
