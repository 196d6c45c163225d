-- The programme: what the chain decides about points, as versioned documents that are never changed, and the little the programme must remember
-- itself: what members bought by month (levels), and what campaigns have given (budgets). Points themselves are the ledger's.

create schema loyalty;
grant usage on schema loyalty to mila_app;

create table loyalty.programme_version (
  version        bigint      generated always as identity primary key,          -- a number is never used twice, even after a rollback
  effective_from timestamptz not null,                                          -- counts for receipts sold from this instant on
  body           jsonb       not null,
  published_at   timestamptz not null,
  published_by   text        not null,                                          -- 'staff:7'
  note           text
);
grant select, insert on loyalty.programme_version to mila_app;

-- Receipts are explained by the version they were settled under, for ever.
select kernel.append_only('loyalty.programme_version', 'a published programme is never changed; publish another version');

-- What a member bought for money, by month of sale in Minsk. Returns lower the month of their sale. No second index: its updates stay HOT.
create table loyalty.turnover (
  member_id bigint not null,
  month     date   not null check (extract(day from month) = 1),
  net_minor bigint not null check (net_minor >= 0),
  primary key (member_id, month)
) with (fillfactor = 80);
grant select, insert, update, delete on loyalty.turnover to mila_app;

-- The level a member was last told; what counts is always summed from the turnover.
create table loyalty.standing (
  member_id bigint primary key,
  tier      text   not null,
  since     date   not null
);
grant select, insert, update, delete on loyalty.standing to mila_app;

create table loyalty.standing_change (
  change_id  bigint      generated always as identity primary key,
  member_id  bigint      not null,
  from_tier  text,                                                              -- null: the first level anybody was told
  to_tier    text        not null,
  changed_on date        not null,
  cause      text        not null check (cause in ('receipt', 'return', 'window', 'merge'))
);
create index on loyalty.standing_change (member_id, change_id);
grant select, insert on loyalty.standing_change to mila_app;

-- One row a campaign with a budget, whatever the version. Locked by each batch that gives from it, in the order of the names.
create table loyalty.campaign_budget (
  campaign      text   primary key,
  budget_points bigint not null,
  given_points  bigint not null default 0,
  check (given_points between 0 and budget_points)
) with (fillfactor = 50);
grant select, insert, update on loyalty.campaign_budget to mila_app;
