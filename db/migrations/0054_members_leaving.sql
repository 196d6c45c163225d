-- Whoever says goodbye may think it over: until `leaves_at` nothing is gone, and one word takes it back. Points may be given to somebody by their phone;
-- nobody is told whether that phone has a card.
create table members.leaving (
  member_id   bigint primary key references members.member,
  asked_at    timestamptz not null,
  leaves_at   timestamptz not null check (leaves_at > asked_at),
  gift_sealed bytea
);
create index on members.leaving (leaves_at);
grant select, insert, update, delete on members.leaving to mila_app;
