-- The ledger. Double entry in one row: a posting takes points from one account and gives them to another, so every transaction balances by
-- construction. The programme's own accounts (issued, redeemed, …) keep no balance row: they are sums of the journal and nobody queues for them.
-- A member's purse is one narrow row, locked by every transaction that touches it: that lock is the whole concurrency story.

create schema ledger;

create type ledger.account as enum (
  'pending', 'available', 'held', 'owed',                                       -- the member's
  'issued', 'redeemed', 'expired', 'cancelled', 'exposure', 'moved'             -- the programme's
);

create type ledger.kind as enum (
  'receipt', 'order', 'game', 'adjustment',                                     -- facts that earn and redeem
  'return', 'hold', 'release', 'activation', 'expiry', 'debt', 'merge'
);

create sequence ledger.id_seq;

-- Ids grow with time and stay below 2^53: milliseconds since 2026-01-01 × 4096, and on from there within a millisecond (take_ids). They order the
-- journal, cut it into months and page through it.
create function ledger.id_at(at timestamptz) returns bigint language sql immutable parallel safe
  as $$ select ((extract(epoch from at) * 1000)::bigint - 1767225600000) * 4096 $$;

create table ledger.purse (
  member_id bigint primary key,
  pending   bigint not null default 0 check (pending >= 0),
  available bigint not null default 0 check (available >= 0),
  held      bigint not null default 0 check (held >= 0),
  owed      bigint not null default 0 check (owed between 0 and 100000000),     -- a debt is visible, and has an end
  opened_at timestamptz not null default now()
) with (fillfactor = 80);                                                       -- no second index: all its updates stay HOT

create table ledger.transaction (
  transaction_id  bigint      primary key,
  reference       text        not null unique,                                  -- the cause: 'receipt:17/settled'; one cause, one effect, for ever
  kind            ledger.kind not null,
  member_id       bigint      not null,
  occurred_at     timestamptz not null,                                         -- when it happened in the world
  recorded_at     timestamptz not null,                                         -- when we wrote it down
  earned          bigint      not null default 0 check (earned >= 0),
  redeemed        bigint      not null default 0 check (redeemed >= 0),
  reverses        bigint,                                                       -- a return names the transaction it takes back
  pending_after   bigint      not null,
  available_after bigint      not null,
  held_after      bigint      not null,
  owed_after      bigint      not null
);
create index transaction_reverses on ledger.transaction (reverses) where reverses is not null;

create table ledger.posting (
  member_id      bigint         not null,
  transaction_id bigint         not null,
  lot_id         bigint         not null,                                       -- 0: no lot (debt, exposure)
  source         ledger.account not null,
  target         ledger.account not null,
  points         int            not null check (points > 0),
  expires_on     date,                                                          -- the lot's last usable day, for when it comes back
  leg            smallint       not null,
  line           smallint       not null default 0,                             -- the receipt's line that earned
  primary key (member_id, transaction_id, leg),
  constraint legal_move check ((source, target) in (
    ('issued', 'pending'), ('issued', 'available'), ('pending', 'available'), ('pending', 'cancelled'),
    ('available', 'held'), ('held', 'available'), ('held', 'redeemed'), ('available', 'redeemed'), ('redeemed', 'available'),
    ('available', 'cancelled'), ('available', 'expired'), ('available', 'owed'),
    ('owed', 'redeemed'), ('owed', 'cancelled'), ('redeemed', 'owed'),
    ('exposure', 'redeemed'), ('exposure', 'cancelled'), ('redeemed', 'exposure'),
    ('pending', 'moved'), ('available', 'moved'), ('owed', 'moved'), ('moved', 'pending'), ('moved', 'available'), ('moved', 'owed')))
) partition by range (transaction_id);                                          -- by month: hot indexes stay small, old months can be archived

-- Open lots only: a lot that is used up is deleted, its history is in the journal.
create table ledger.lot (
  member_id    bigint         not null,
  lot_id       bigint         not null,
  state        ledger.account not null check (state in ('pending', 'available')),
  activates_on date           not null,                                         -- the first usable day
  expires_on   date           not null,                                         -- the last usable day
  due_on       date           not null,                                         -- the day the nightly job has something to do
  points       int            not null,
  remaining    int            not null,
  reminded_on  date,                                                            -- no delivered reminder, no expiry
  primary key (member_id, lot_id),
  check (remaining > 0 and remaining <= points),
  check (due_on = case state when 'pending' then activates_on else expires_on + 1 end)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
create index lot_due on ledger.lot (due_on) where state = 'pending' or reminded_on is not null;
create index lot_unreminded on ledger.lot (expires_on) where state = 'available' and reminded_on is null;

create table ledger.hold (
  hold_id    bigint      primary key,                                           -- the id of the transaction that set the points aside
  member_id  bigint      not null,
  state      text        not null check (state in ('open', 'captured', 'voided', 'lapsed')),
  points     int         not null check (points > 0),
  captured   int         not null default 0 check (captured between 0 and points),
  made_at    timestamptz not null,
  lapses_at  timestamptz not null,
  ended_at   timestamptz,
  check ((state = 'open') = (ended_at is null))
);
create index hold_lapses on ledger.hold (lapses_at) where state = 'open';
create index hold_of_member on ledger.hold (member_id) where state = 'open';

-- Which lots an open hold keeps; a held lot does not expire.
create table ledger.hold_part (
  hold_id      bigint not null references ledger.hold,
  lot_id       bigint not null,
  activates_on date   not null,
  expires_on   date   not null,
  lot_points   int    not null,
  points       int    not null check (points > 0),
  reminded_on  date,
  primary key (hold_id, lot_id)
);

-- The hash chain: each seal covers the journal between two ids and the seal before it. A changed or removed row breaks it.
create table ledger.seal (
  seal_id      bigint      generated always as identity primary key,
  day          date        not null,                                            -- in Minsk
  from_id      bigint      not null,
  upto_id      bigint      not null unique,                                     -- not included
  transactions bigint      not null,
  postings     bigint      not null,
  totals       jsonb       not null,                                            -- points by 'source>target': the programme's accounts are sums of these
  previous     bytea       not null,
  hash         bytea       not null,
  sealed_at    timestamptz not null,
  check (from_id < upto_id)
);

create table ledger.check_run (
  check_id   bigint      generated always as identity primary key,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  complete   boolean     not null,                                              -- false: only what changed since the last seal but one
  findings   jsonb       not null,
  figures    jsonb       not null
);

-- Append-only is a promise to auditors, so the database keeps it, against the owner's hand too.
select kernel.append_only('ledger.transaction', 'ledger rows are never changed; post a correcting transaction');
select kernel.append_only('ledger.posting', 'ledger rows are never changed; post a correcting transaction');
select kernel.append_only('ledger.seal', 'ledger rows are never changed; post a correcting transaction');

create function ledger.add_month(month date) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare part text := 'posting_' || to_char(month, 'YYYYMM');
begin
  if to_regclass('ledger.' || part) is not null then return; end if;
  execute format('create table ledger.%I partition of ledger.posting for values from (%s) to (%s)', part,
    ledger.id_at(date_trunc('month', month::timestamp) at time zone 'UTC'),
    ledger.id_at((date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC'));
  execute format('create trigger never_emptied before truncate on ledger.%I execute function kernel.refuse_change(%L)', part,
    'ledger rows are never changed; post a correcting transaction');
end $$;

-- from the month before (a clock that is a little behind) to fifteen months ahead; the job addMonths keeps it so
select ledger.add_month((date_trunc('month', now()) + make_interval(months => n))::date) from generate_series(-1, 15) n;

grant usage on schema ledger to mila_app;
grant select on all tables in schema ledger to mila_app;
grant insert on ledger.check_run to mila_app;
grant usage on all sequences in schema ledger to mila_app;
