-- That a gateway took a message says nothing of its arrival; what does comes later, by itself or when asked. The end of a message is told once and stays.
alter table messages.outbox
  add column delivery    text check (delivery in ('under_way', 'delivered', 'expired', 'undeliverable')),
  add column delivery_at timestamptz,
  add column ask_at      timestamptz, -- when its gateway is asked next, by the database's clock; null: it isn't
  add check ((delivery is null) = (delivery_at is null)),
  add check (delivery is null or gateway_id is not null);
create index on messages.outbox (gateway, gateway_id) where gateway_id is not null;
create index on messages.outbox (ask_at) where ask_at is not null;

-- A report may be faster than the sender's own word that the gateway took the message: it waits here, an hour at most.
create table messages.early_report (
  gateway    text        not null check (char_length(gateway) between 1 and 50),
  gateway_id text        not null check (char_length(gateway_id) between 1 and 200),
  state      text        not null check (state in ('under_way', 'delivered', 'expired', 'undeliverable')),
  heard_at   timestamptz not null,
  written_at timestamptz not null default now(),
  primary key (gateway, gateway_id)
);
grant select, insert, update, delete on messages.early_report to mila_app;
