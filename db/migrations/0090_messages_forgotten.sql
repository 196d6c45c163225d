-- What was written to somebody is kept no longer than it is of use: whom a message went to and what was personal in it are wiped when they leave, and of every
-- message after a while. That it was sent, of which kind and when, and what allowed it, stays.

alter table messages.outbox
  alter column recipient drop not null,
  alter column reached_by drop not null,
  alter column params drop not null,
  add column forget_at timestamptz,   -- a farewell waits to be sent, and is forgotten then
  add constraint outbox_forgotten check (num_nulls(recipient, reached_by, params) in (0, 3)),
  add constraint outbox_waiting check (state <> 'queued' or recipient is not null);
create index on messages.outbox (forget_at) where forget_at is not null;
create index on messages.outbox (queued_at) where recipient is not null and state <> 'queued';
