-- Somebody forgot to show the card: they ask for the points of a receipt by what only its holder can read off it (УИ, day and sum). An ask is kept
-- whatever became of it: it is counted against the limits, it waits for a receipt that a till has not sent yet, and a person looks at the odd ones.

create table tills.points_claim (
  id          bigint generated always as identity primary key,
  member_id   bigint      not null,
  fiscal_uid  text        not null check (char_length(fiscal_uid) between 1 and 64),
  sold_on     date        not null,                -- in Minsk, as printed
  total_minor bigint      not null check (total_minor > 0),
  asked_at    timestamptz not null,
  state       text        not null check (state in ('waiting', 'granted', 'refused', 'with_staff')),
  reason      text,                                -- why it was refused, or why a person looks at it
  receipt_id  text collate "C",
  earned      bigint      check (earned >= 0),
  decided_at  timestamptz,
  decided_by  text,
  check ((state = 'granted') = (earned is not null)),
  check (state <> 'granted' or receipt_id is not null),
  check ((state in ('granted', 'refused')) = (decided_at is not null)),
  check (state in ('waiting', 'granted') or reason is not null)
);
-- one receipt is given once, whatever anybody does (A23)
create unique index on tills.points_claim (receipt_id) where state = 'granted';
create index on tills.points_claim (member_id, asked_at);
create index on tills.points_claim (id) where state in ('waiting', 'with_staff');
grant select, insert, update, delete on tills.points_claim to mila_app;
