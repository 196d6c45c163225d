-- Messages to people, queued in the transaction of the act they tell about: no act, no message; no lost message after an act.
-- Whom it goes to and what is personal in it lies sealed.

create schema messages;
grant usage on schema messages to mila_app;

create table messages.outbox (
  id         bigint generated always as identity primary key,
  member_id  bigint,
  channel    text        not null check (channel in ('sms', 'email')),
  recipient  bytea       not null,                     -- sealed
  reached_by bytea       not null check (octet_length(reached_by) = 32), -- keyed hash of the recipient: limits and look-ups without opening
  template   text        not null,
  params     bytea       not null,                     -- sealed
  locale     text        not null check (locale in ('ru', 'be', 'en')),
  state      text        not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  queued_at  timestamptz not null,
  settled_at timestamptz,
  check ((state = 'queued') = (settled_at is null))
);
create index on messages.outbox (id) where state = 'queued';
create index on messages.outbox (member_id, id);
create index on messages.outbox (reached_by, id);
grant select, insert, update on messages.outbox to mila_app;
