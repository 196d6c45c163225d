import { type Invariant, staysAsWritten } from "@mila/kernel"

/**
 * What must always be true of the ledger, each as a query that names the rows for which it is not (security.md's I1–I14, as far as they are the
 * ledger's). What the other modules can prove is added by who runs the check.
 */
export const CHECKS: readonly Invariant[] = [
  {
    invariant: "I1",
    saying: "every transaction balances",
    query: `select 'transaction ' || transaction_id from ledger.entry where transaction_id >= $1 group by transaction_id having sum(amount) <> 0
            union all
            select 'transaction ' || p.transaction_id from ledger.posting p
             where p.transaction_id >= $1 and (p.points <= 0 or p.source = p.target)`,
  },
  {
    invariant: "I2",
    saying: "the whole ledger is zero, and nothing is lost on the way between two purses",
    query: `select 'entries' from ledger.entry where $1 = 0 having sum(amount) <> 0
            union all
            select 'moved' from ledger.entry where account = 'moved' and $1 = 0 having sum(amount) <> 0`,
  },
  {
    invariant: "I3",
    saying: "each purse equals its journal",
    query: `with touched as (select distinct member_id from ledger.posting where transaction_id >= $1),
            journal as (
              select e.member_id, sum(amount) filter (where account = 'pending') pending, sum(amount) filter (where account = 'available') available,
                     sum(amount) filter (where account = 'held') held, -sum(amount) filter (where account = 'owed') owed
                from ledger.entry e where $1 = 0 or e.member_id in (select member_id from touched) group by e.member_id)
            select 'member ' || p.member_id from ledger.purse p left join journal j using (member_id)
             where ($1 = 0 or p.member_id in (select member_id from touched))
               and (p.pending, p.available, p.held, p.owed) is distinct from
                   (coalesce(j.pending, 0), coalesce(j.available, 0), coalesce(j.held, 0), coalesce(j.owed, 0))`,
  },
  {
    invariant: "I3",
    saying: "the newest transaction of a member states the purse as it is",
    query: `with newest as (select distinct on (member_id) member_id, pending_after, available_after, held_after, owed_after
                              from ledger.transaction where transaction_id >= $1 order by member_id, transaction_id desc)
            select 'member ' || p.member_id from newest n join ledger.purse p using (member_id)
             where (p.pending, p.available, p.held, p.owed) is distinct from (n.pending_after, n.available_after, n.held_after, n.owed_after)`,
  },
  {
    invariant: "I4",
    saying: "no purse is below zero or beyond its debt limit, and what is held is what open holds keep",
    query: `select 'member ' || member_id from ledger.purse where least(pending, available, held, owed) < 0 or owed > 100000000
            union all
            select 'member ' || coalesce(p.member_id, h.member_id)
              from (select member_id, held from ledger.purse where held > 0) p
              full join (select member_id, sum(points) held from ledger.hold where state = 'open' group by member_id) h using (member_id)
             where p.held is distinct from h.held
            union all
            select 'hold ' || h.hold_id from ledger.hold h left join ledger.hold_part p using (hold_id)
             where h.state = 'open' group by h.hold_id, h.points having h.points is distinct from sum(p.points)`,
  },
  {
    invariant: "I5",
    saying: "one cause has one effect, and each transaction's amounts are its postings'",
    query: `select reference from ledger.transaction where transaction_id >= $1 group by reference having count(*) > 1
            union all
            select t.reference from ledger.transaction t
              left join lateral (
                select coalesce(sum(p.points) filter (where p.source = 'issued'), 0) earned,
                       coalesce(sum(p.points) filter (where p.target = case t.kind when 'adjustment' then 'cancelled'::ledger.account else 'redeemed' end), 0) redeemed
                  from ledger.posting p where p.member_id = t.member_id and p.transaction_id = t.transaction_id) p on true
             where t.transaction_id >= $1 and t.kind in ('receipt', 'order', 'game', 'adjustment') and (t.earned, t.redeemed) <> (p.earned, p.redeemed)`,
  },
  {
    invariant: "I5",
    saying: "no lot becomes available twice, and none lets more expire than came into it, however often the nightly work ran",
    query: `select 'lot ' || lot_id from ledger.posting where $1 = 0 and source = 'pending' and target = 'available' group by lot_id having count(*) > 1
            union all
            select 'lot ' || lot_id from ledger.posting where $1 = 0 and lot_id > 0 group by lot_id
            having coalesce(sum(points) filter (where target = 'expired'), 0) >
                   coalesce(sum(points) filter (where target = 'available' and source in ('issued', 'pending', 'redeemed')), 0)`,
  },
  {
    invariant: "I6",
    saying: "no sale is given back beyond what it earned or redeemed",
    query: `select s.reference from ledger.transaction r join ledger.transaction s on s.transaction_id = r.reverses
             where r.kind = 'return' group by s.transaction_id, s.reference, s.earned, s.redeemed
            having sum(r.earned) > s.earned or sum(r.redeemed) > s.redeemed`,
  },
  {
    invariant: "I7",
    saying: "each hold has one end, or is open and not long overdue",
    query: `select 'hold ' || hold_id from ledger.hold where state = 'open' and lapses_at < $2::timestamptz - interval '1 hour'
            union all
            select 'hold ' || h.hold_id from ledger.hold h join ledger.hold_part p using (hold_id) where h.state <> 'open'
            union all
            select 'hold ' || reverses from ledger.transaction where kind = 'release' group by reverses having count(*) > 1`,
  },
  {
    invariant: "I8",
    saying: "open lots add up to the purse, and none has outlived its reminded expiry",
    query: `with lots as (select member_id, coalesce(sum(remaining) filter (where state = 'pending'), 0) pending,
                                 coalesce(sum(remaining) filter (where state = 'available'), 0) available from ledger.lot group by member_id)
            select 'member ' || p.member_id from ledger.purse p left join lots l using (member_id)
             where (p.pending, p.available) is distinct from (coalesce(l.pending, 0), coalesce(l.available, 0))
            union all
            select 'lot ' || lot_id from ledger.lot
             where due_on < ($2::timestamptz at time zone 'Europe/Minsk')::date - 2 and (state = 'pending' or reminded_on is not null)`,
  },
  {
    invariant: "I8",
    saying: "each open lot holds what the journal says came into it and did not leave it",
    query: `with lots as (
              select member_id, lot_id, sum(amount) filter (where account = 'pending') pending, sum(amount) filter (where account = 'available') available
                from ledger.entry where $1 = 0 and lot_id > 0 group by member_id, lot_id)
            select 'lot ' || coalesce(j.lot_id, l.lot_id) from lots j full join (select * from ledger.lot where $1 = 0) l using (member_id, lot_id)
             where coalesce(j.pending, 0) <> case l.state when 'pending' then l.remaining else 0 end
                or coalesce(j.available, 0) <> case l.state when 'available' then l.remaining else 0 end`,
  },
  staysAsWritten(["ledger.transaction", "ledger.posting", "ledger.seal"]),
  {
    invariant: "I12",
    saying: "the programs' role writes the ledger through its functions alone",
    query: `select c.oid::regclass || ' ' || p from pg_class c, unnest(array['insert', 'update', 'delete', 'truncate']) p
             where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p') and c.oid <> 'ledger.check_run'::regclass
               and has_table_privilege('mila_app', c.oid, p)
            union all
            select 'schema ' || nspname from pg_namespace where nspname in ('ledger', 'kernel') and has_schema_privilege('mila_app', oid, 'create')`,
  },
  {
    invariant: "I13",
    saying: "the hash chain is unbroken",
    query: `select 'seal ' || s.seal_id || ' of ' || s.day
              from (select *, lag(hash) over (order by seal_id) before, lag(upto_id) over (order by seal_id) ended from ledger.seal) s
              cross join lateral (select * from ledger.hash_of(s.from_id, s.upto_id, s.previous) where s.upto_id > $1) h
             where h.hash <> s.hash or h.transactions <> s.transactions or h.postings <> s.postings
                or s.previous <> coalesce(s.before, ''::bytea) or s.from_id <> coalesce(s.ended, 0)`,
  },
]

export const FIGURES: readonly string[] = [
  `select count(*) "members with a purse", coalesce(sum(pending), 0) pending, coalesce(sum(available), 0) available,
          coalesce(sum(held), 0) held, coalesce(sum(owed), 0) owed from ledger.purse`,
  `select (select count(*) from ledger.transaction) transactions, count(*) postings,
          coalesce(sum(points) filter (where source = 'issued'), 0) issued,
          coalesce(sum(points) filter (where source = 'pending' and target = 'available'), 0) activated,
          coalesce(sum(case when target = 'redeemed' then points when source = 'redeemed' then -points end), 0) redeemed,
          coalesce(sum(points) filter (where target = 'expired'), 0) expired,
          coalesce(sum(points) filter (where target = 'cancelled'), 0) cancelled,
          coalesce(sum(case when source = 'exposure' then points when target = 'exposure' then -points end), 0) exposure from ledger.posting`,
  `select count(*) "open lots" from ledger.lot`,
  `select count(*) filter (where state = 'open') "open holds", count(*) holds from ledger.hold`,
  `select count(*) seals, coalesce(sum(transactions), 0) "sealed transactions" from ledger.seal`,
]
