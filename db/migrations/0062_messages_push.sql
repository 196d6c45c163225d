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

alter table loyalty.expiry_notice drop constraint expiry_notice_channel_check;
alter table loyalty.expiry_notice add constraint expiry_notice_channel_check check (channel in ('sms', 'email', 'push'));
