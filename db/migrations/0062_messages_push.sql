-- Notifications of a browser: one subscription a session, gone with it. What the browser gave (an address at its maker's service, and the keys that only it can
-- read with) lies sealed; the service is named, for it is a third party abroad that people may ask about.

alter table messages.outbox drop constraint outbox_channel_check;
alter table messages.outbox add constraint outbox_channel_check check (channel in ('sms', 'email', 'push'));

create table messages.push_subscription (
  id            bigint generated always as identity primary key,
  member_id     bigint      not null,
  session_id    bigint      not null unique,
  endpoint_hash bytea       not null unique check (octet_length(endpoint_hash) = 32),
  sealed        bytea       not null,
  service       text        not null check (char_length(service) between 1 and 100), -- the host it is reached at
  made_at       timestamptz not null,
  taken_at      timestamptz  -- when its service last took a notification
);
create index on messages.push_subscription (member_id, id);
grant select, insert, update, delete on messages.push_subscription to mila_app;

-- What allowed an advertising message at the moment it was sent: "why did I get this" is answered from here, whatever was agreed to or withdrawn since.
alter table messages.outbox add column allowed_by jsonb;

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
