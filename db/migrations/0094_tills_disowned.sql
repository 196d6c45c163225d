-- A member says that a purchase on their account is not theirs: somebody said their number or showed their card. It is hidden from them at once, and a person decides.

create table tills.disowned (
  id         bigint generated always as identity primary key,
  receipt_id text collate "C" not null references tills.receipt,
  member_id  bigint      not null,                 -- who said it
  said_at    timestamptz not null,
  state      text        not null check (state in ('open', 'confirmed', 'rejected', 'taken_back')),
  decided_at timestamptz,
  decided_by text,
  check ((state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null))
);
-- hidden once; what was rejected or taken back may be said again
create unique index on tills.disowned (receipt_id) where state in ('open', 'confirmed');
create index on tills.disowned (member_id, said_at);
create index on tills.disowned (id) where state = 'open';
grant select, insert, update, delete on tills.disowned to mila_app;
