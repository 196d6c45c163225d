-- The ledger's only writers. Everybody else reads: role mila_app may execute these functions and nothing more.
-- Each of them locks the purses it touches in the order of their ids, takes its snapshot after that, and feeds journal, purse and lots
-- from one set of rows, so that the three cannot disagree.

-- Reserves `many` ids and answers the first. Ids only ever grow, in the order they are taken, whatever the server's clock does: the journal, its
-- pages and its seals rest on that. The lock is the session's, not the transaction's, so that nobody waits for a commit.
create or replace function ledger.take_ids(many int) returns bigint language plpgsql volatile as $$
declare first_id bigint;
begin
  perform pg_advisory_lock(7265004);
  select greatest(last_value + 1, ledger.id_at(clock_timestamp())) into first_id from ledger.id_seq;
  perform setval('ledger.id_seq', first_id + many - 1);
  perform pg_advisory_unlock(7265004);
  return first_id;
exception when query_canceled or others then
  perform pg_advisory_unlock(7265004);
  raise;
end $$;

-- Writers hold the advisory lock shared while they write; the sealer takes it alone for an instant to know that nothing below its line is still
-- on its way. Ids are taken after the purses are locked, so a member's transactions stand in the order in which they changed the purse.
create or replace function ledger.lock_purses(members bigint[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7265002);
  perform from ledger.purse where member_id = any (members) order by member_id for no key update;
end $$;

create or replace function ledger.open_purses(members bigint[]) returns void language sql security definer set search_path = ledger, pg_temp as $$
  insert into ledger.purse (member_id) select distinct member from unnest(members) member order by member on conflict do nothing
$$;

create or replace function ledger.post(
  r_reference text[], r_member bigint[], r_kind ledger.kind[], r_occurred timestamptz[], r_redeem int[], r_hold bigint[], r_shortage text[],
  l_request int[], l_line int[], l_points int[], l_activates date[], l_expires date[], p_today date, p_at timestamptz)
returns table (request int, status text, transaction_id bigint, pending bigint, available bigint, held bigint, owed bigint, owing bigint, exposed bigint)
language plpgsql rows 64 security definer set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare first_id bigint;
begin
  perform ledger.lock_purses(r_member);
  first_id := ledger.take_ids(cardinality(r_reference) + cardinality(l_request));
  return query
  with r as materialized (
    select t.*, first_id + t.i - 1 id
      from unnest(r_reference, r_member, r_kind, r_occurred, r_redeem, r_hold, r_shortage)
           with ordinality t(reference, member, kind, occurred, redeem, hold, shortage, i)),
  -- lines of a request that begin and end together share a lot
  line as materialized (
    select l.request i, l.line, l.points, l.activates, l.expires,
           first_id + cardinality(r_reference) + dense_rank() over (order by l.request, l.activates, l.expires) - 1 lot_id
      from unnest(l_request, l_line, l_points, l_activates, l_expires) l(request, line, points, activates, expires)),
  earned as materialized (select i, sum(points) points from line group by i),
  -- the reference was used before: by the same fact, or by another
  done as materialized (
    select r.i, t.*
      from r left join earned e using (i)
      cross join lateral (
        select t.transaction_id, t.pending_after, t.available_after, t.held_after, t.owed_after,
               t.member_id = r.member and t.redeemed = r.redeem and t.earned = coalesce(e.points, 0) same
          from ledger.transaction t where t.reference = r.reference offset 0) t),
  fresh as materialized (
    select r.* from r cross join lateral (select from ledger.purse p where p.member_id = r.member offset 0) p
     where not exists (select from done where done.i = r.i)),
  -- where points can come from: the request's own hold first, then available lots, soonest expiry first
  source as materialized (
    select f.i, f.redeem, s.*, sum(s.has) over (partition by f.i order by s.rank, s.expires_on, s.lot_id) - s.has before
      from fresh f
      cross join lateral (
        select 0 rank, p.lot_id, p.points has, p.activates_on, p.expires_on, p.lot_points, p.reminded_on
          from ledger.hold h join ledger.hold_part p using (hold_id)
         where h.hold_id = f.hold and h.member_id = f.member and h.state = 'open'
        union all
        select 1, l.lot_id, l.remaining, l.activates_on, l.expires_on, l.points, l.reminded_on
          from ledger.lot l
         where f.redeem > 0 and l.member_id = f.member and l.state = 'available' and (l.due_on > p_today or l.reminded_on is null)
        offset 0) s
     where f.redeem > 0 or f.hold > 0),
  take as materialized (select *, greatest(0, least(has, redeem - before))::int taken from source),
  ok as materialized (
    select f.*, coalesce(t.taken, 0) taken, (f.redeem - coalesce(t.taken, 0))::int short, coalesce(t.held, 0) > 0 captures
      from fresh f left join (select i, sum(taken) taken, count(*) filter (where rank = 0) held from take group by i) t using (i)
     where f.shortage <> 'refuse' or f.redeem <= coalesce(t.taken, 0)),
  lot as materialized (
    select ok.member, l.lot_id, l.activates, l.expires, l.activates <= p_today usable, sum(l.points)::int points
      from ok join line l using (i) group by 1, 2, 3, 4),
  rows as materialized (
    select l.i, ok.member, ok.id, l.lot_id, 'issued'::ledger.account source,
           (case when l.activates <= p_today then 'available' else 'pending' end)::ledger.account target, l.points, l.expires expires_on, l.line, 1 rank
      from line l join ok using (i)
    union all
    select t.i, ok.member, ok.id, t.lot_id, (case t.rank when 0 then 'held' else 'available' end)::ledger.account,
           (case ok.kind when 'adjustment' then 'cancelled' else 'redeemed' end)::ledger.account, t.taken, t.expires_on, 0, 2
      from take t join ok using (i) where t.taken > 0
    union all
    select t.i, ok.member, ok.id, t.lot_id, 'held', 'available', t.has - t.taken, t.expires_on, 0, 3
      from take t join ok using (i) where t.rank = 0 and t.has > t.taken
    union all
    select ok.i, ok.member, ok.id, 0, (case ok.shortage when 'debt' then 'owed' else 'exposure' end)::ledger.account,
           (case ok.kind when 'adjustment' then 'cancelled' else 'redeemed' end)::ledger.account, ok.short, null, 0, 4
      from ok where ok.short > 0),
  posting as (
    insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, line, leg)
    select member, id, lot_id, source, target, points, expires_on, line,
           row_number() over (partition by i order by rank, line, expires_on, lot_id) from rows),
  change as (
    select i, member,
           sum(case when target = 'pending' then points else 0 end) pending,
           sum(case when target = 'available' then points when source = 'available' then -points else 0 end) available,
           sum(case when source = 'held' then -points else 0 end) held,
           sum(case when source = 'owed' then points else 0 end) owed
      from rows group by i, member),
  purse as (
    update ledger.purse p
       set pending = p.pending + c.pending, available = p.available + c.available, held = p.held + c.held, owed = p.owed + c.owed
      from change c where p.member_id = c.member
    returning c.i, p.pending, p.available, p.held, p.owed),
  after as materialized (
    select i, pending, available, held, owed from purse
    union all
    select ok.i, p.* from ok
      cross join lateral (select p.pending, p.available, p.held, p.owed from ledger.purse p where p.member_id = ok.member offset 0) p
     where not exists (select from change c where c.i = ok.i)),
  transaction as (
    insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, earned, redeemed,
                                    pending_after, available_after, held_after, owed_after)
    select ok.id, ok.reference, ok.kind, ok.member, ok.occurred, p_at, coalesce(e.points, 0), ok.redeem,
           a.pending, a.available, a.held, a.owed
      from ok join after a using (i) left join earned e using (i)),
  new_lot as (
    insert into ledger.lot (member_id, lot_id, state, activates_on, expires_on, due_on, points, remaining)
    select member, lot_id, (case when usable then 'available' else 'pending' end)::ledger.account, activates, expires,
           case when usable then expires + 1 else activates end, points, points from lot),
  used_up as (
    delete from ledger.lot l using take t join ok using (i)
     where t.rank = 1 and t.taken = t.has and l.member_id = ok.member and l.lot_id = t.lot_id),
  used as (
    update ledger.lot l set remaining = l.remaining - t.taken from take t join ok using (i)
     where t.rank = 1 and t.taken > 0 and t.taken < t.has and l.member_id = ok.member and l.lot_id = t.lot_id),
  released as (
    insert into ledger.lot as l (member_id, lot_id, state, activates_on, expires_on, due_on, points, remaining, reminded_on)
    select ok.member, t.lot_id, 'available', t.activates_on, t.expires_on, t.expires_on + 1, t.lot_points, t.has - t.taken, t.reminded_on
      from take t join ok using (i) where t.rank = 0 and t.has > t.taken
    on conflict (member_id, lot_id) do update set remaining = l.remaining + excluded.remaining),
  captured as (
    update ledger.hold h set state = 'captured', ended_at = p_at, captured = t.captured
      from (select ok.hold, sum(t.taken)::int captured from take t join ok using (i) where t.rank = 0 group by ok.hold) t
     where h.hold_id = t.hold),
  freed as (delete from ledger.hold_part p using ok where ok.captures and p.hold_id = ok.hold)
  select r.i::int,
         case when d.same then 'already_posted' when d.i is not null then 'conflict' when ok.i is not null then 'posted'
              when f.i is not null then 'insufficient' else 'no_purse' end,
         coalesce(d.transaction_id, ok.id),
         coalesce(d.pending_after, a.pending, p.pending), coalesce(d.available_after, a.available, p.available),
         coalesce(d.held_after, a.held, p.held), coalesce(d.owed_after, a.owed, p.owed),
         coalesce(case ok.shortage when 'debt' then ok.short end, 0)::bigint, coalesce(case ok.shortage when 'exposure' then ok.short end, 0)::bigint
    from r left join done d using (i) left join fresh f using (i) left join ok using (i) left join after a using (i)
    left join ledger.purse p on p.member_id = r.member and a.i is null and d.i is null;
end $$;

-- Sets points aside, soonest expiry first; all of what is asked or nothing.
create or replace function ledger.hold(r_reference text[], r_member bigint[], r_points int[], r_lapses timestamptz[], p_today date, p_at timestamptz)
returns table (request int, status text, hold_id bigint, pending bigint, available bigint, held bigint, owed bigint)
language plpgsql rows 64 security definer set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare first_id bigint;
begin
  perform ledger.lock_purses(r_member);
  first_id := ledger.take_ids(cardinality(r_reference));
  return query
  with r as materialized (
    select t.*, first_id + t.i - 1 id
      from unnest(r_reference, r_member, r_points, r_lapses) with ordinality t(reference, member, points, lapses, i)),
  done as materialized (
    select r.i, t.* from r cross join lateral (
      select t.transaction_id, t.pending_after, t.available_after, t.held_after, t.owed_after, t.member_id = r.member and h.points = r.points same
        from ledger.transaction t left join ledger.hold h on h.hold_id = t.transaction_id where t.reference = r.reference offset 0) t),
  fresh as materialized (
    select r.* from r cross join lateral (select from ledger.purse p where p.member_id = r.member offset 0) p
     where not exists (select from done where done.i = r.i)),
  take as materialized (
    select f.i, s.*, greatest(0, least(s.remaining, f.points - s.before))::int taken
      from fresh f cross join lateral (
        select l.lot_id, l.remaining, l.activates_on, l.expires_on, l.points lot_points, l.reminded_on,
               sum(l.remaining) over (order by l.expires_on, l.lot_id) - l.remaining before
          from ledger.lot l
         where l.member_id = f.member and l.state = 'available' and (l.due_on > p_today or l.reminded_on is null)) s),
  ok as materialized (
    select f.* from fresh f join (select i, sum(taken) taken from take group by i) t using (i) where t.taken = f.points),
  posting as (
    insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
    select ok.member, ok.id, t.lot_id, 'available', 'held', t.taken, t.expires_on, row_number() over (partition by ok.i order by t.expires_on, t.lot_id)
      from take t join ok using (i) where t.taken > 0),
  purse as (
    update ledger.purse p set available = p.available - ok.points, held = p.held + ok.points from ok where p.member_id = ok.member
    returning ok.i, p.pending, p.available, p.held, p.owed),
  transaction as (
    insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
    select ok.id, ok.reference, 'hold', ok.member, p_at, p_at, u.pending, u.available, u.held, u.owed from ok join purse u using (i)),
  hold as (
    insert into ledger.hold (hold_id, member_id, state, points, made_at, lapses_at)
    select id, member, 'open', points, p_at, lapses from ok),
  part as (
    insert into ledger.hold_part (hold_id, lot_id, activates_on, expires_on, lot_points, points, reminded_on)
    select ok.id, t.lot_id, t.activates_on, t.expires_on, t.lot_points, t.taken, t.reminded_on from take t join ok using (i) where t.taken > 0),
  used_up as (
    delete from ledger.lot l using take t join ok using (i)
     where t.taken = t.remaining and l.member_id = ok.member and l.lot_id = t.lot_id),
  used as (
    update ledger.lot l set remaining = l.remaining - t.taken from take t join ok using (i)
     where t.taken > 0 and t.taken < t.remaining and l.member_id = ok.member and l.lot_id = t.lot_id)
  select r.i::int,
         case when d.same then 'already_held' when d.i is not null then 'conflict' when ok.i is not null then 'held'
              when f.i is not null then 'insufficient' else 'no_purse' end,
         coalesce(d.transaction_id, ok.id),
         coalesce(d.pending_after, u.pending, p.pending), coalesce(d.available_after, u.available, p.available),
         coalesce(d.held_after, u.held, p.held), coalesce(d.owed_after, u.owed, p.owed)
    from r left join done d using (i) left join fresh f using (i) left join ok using (i) left join purse u using (i)
    left join ledger.purse p on p.member_id = r.member and u.i is null and d.i is null;
end $$;

-- Ends open holds and gives their points back to the lots they came from, with the lots' own expiry. Holds that have ended already are left alone.
create or replace function ledger.release_holds(p_holds bigint[], p_state text, p_at timestamptz) returns table (hold_id bigint)
language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  first_id bigint;
  members bigint[];
begin
  select array_agg(distinct h.member_id) into members from ledger.hold h where h.hold_id = any (p_holds);
  perform ledger.lock_purses(members);
  first_id := ledger.take_ids(cardinality(p_holds) + 1);
  return query
  with h as materialized (
    select h.hold_id, h.member_id, h.points, first_id + row_number() over () - 1 id from ledger.hold h where h.hold_id = any (p_holds) and h.state = 'open'),
  part as materialized (select h.member_id, h.id, p.* from h join ledger.hold_part p using (hold_id)),
  posting as (
    insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
    select member_id, id, lot_id, 'held', 'available', points, expires_on, row_number() over (partition by id order by lot_id) from part),
  change as (select member_id, sum(points) points from h group by member_id),
  purse as (
    update ledger.purse p set available = p.available + c.points, held = p.held - c.points from change c where p.member_id = c.member_id
    returning p.member_id, p.pending, p.available, p.held, p.owed),
  transaction as (
    insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, reverses, pending_after, available_after, held_after, owed_after)
    select h.id, 'hold:' || h.hold_id || '/' || p_state, 'release', h.member_id, p_at, p_at, h.hold_id, u.pending, u.available, u.held, u.owed
      from h join purse u using (member_id)),
  back as (
    insert into ledger.lot as l (member_id, lot_id, state, activates_on, expires_on, due_on, points, remaining, reminded_on)
    select member_id, lot_id, 'available', min(activates_on), min(expires_on), min(expires_on) + 1, max(lot_points), sum(points), min(reminded_on)
      from part group by member_id, lot_id
    on conflict (member_id, lot_id) do update set remaining = l.remaining + excluded.remaining),
  freed as (delete from ledger.hold_part p using h where p.hold_id = h.hold_id),
  ended as (update ledger.hold x set state = p_state, ended_at = p_at from h where x.hold_id = h.hold_id)
  select h.hold_id from h;
  -- points that are available again pay what is owed before anybody else can use them
  perform ledger.pay_debts(members, (p_at at time zone 'Europe/Minsk')::date, p_at);
end $$;

-- Available points pay what the member owes, soonest expiry first.
create or replace function ledger.pay_debts(p_members bigint[], p_today date, p_at timestamptz)
returns table (member_id bigint, pending bigint, available bigint, held bigint, owed bigint)
language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare first_id bigint;
begin
  perform ledger.lock_purses(p_members);
  first_id := ledger.take_ids(cardinality(p_members) + 1);
  return query
  with p as materialized (
    select p.*, first_id + row_number() over () - 1 id from ledger.purse p where p.member_id = any (p_members) and p.owed > 0 and p.available > 0),
  take as materialized (
    select p.member_id, p.id, l.lot_id, l.remaining, l.expires_on, greatest(0, least(l.remaining, p.owed - l.before))::int taken
      from p cross join lateral (
        select l.lot_id, l.remaining, l.expires_on, sum(l.remaining) over (order by l.expires_on, l.lot_id) - l.remaining before
          from ledger.lot l
         where l.member_id = p.member_id and l.state = 'available' and (l.due_on > p_today or l.reminded_on is null)) l),
  paid as materialized (select member_id, id, sum(taken) points from take group by member_id, id having sum(taken) > 0),
  posting as (
    insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
    select member_id, id, lot_id, 'available', 'owed', taken, expires_on, row_number() over (partition by member_id order by expires_on, lot_id)
      from take where taken > 0),
  purse as (
    update ledger.purse x set available = x.available - paid.points, owed = x.owed - paid.points from paid where x.member_id = paid.member_id
    returning x.member_id, x.pending, x.available, x.held, x.owed),
  transaction as (
    insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
    select paid.id, 'debt:' || paid.member_id || '/' || paid.id, 'debt', paid.member_id, p_at, p_at, u.pending, u.available, u.held, u.owed
      from paid join purse u using (member_id)),
  used_up as (delete from ledger.lot l using take t where t.taken = t.remaining and l.member_id = t.member_id and l.lot_id = t.lot_id),
  used as (
    update ledger.lot l set remaining = l.remaining - t.taken from take t
     where t.taken > 0 and t.taken < t.remaining and l.member_id = t.member_id and l.lot_id = t.lot_id)
  select * from purse;
end $$;

-- One step of the nightly work: lots whose day has come activate, or expire. At most p_most lots' members a call; 0 means nothing was left.
create or replace function ledger.settle_due(p_today date, p_at timestamptz, p_most int, out activated bigint, out expired bigint, out members bigint)
language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  first_id bigint;
  chosen bigint[];
begin
  select array_agg(distinct s.member_id) into chosen from (
    select l.member_id from ledger.lot l where l.due_on <= p_today and (l.state = 'pending' or l.reminded_on is not null)
     order by l.due_on limit p_most) s;
  activated := 0; expired := 0; members := coalesce(cardinality(chosen), 0);
  if members = 0 then return; end if;
  perform ledger.lock_purses(chosen);
  first_id := ledger.take_ids(2 * cardinality(chosen));
  with due as materialized (
    select l.* from unnest(chosen) c(member) cross join lateral (
      select * from ledger.lot l
       where l.member_id = c.member and l.due_on <= p_today and (l.state = 'pending' or l.reminded_on is not null) offset 0) l),
  header as materialized (
    select member_id, state, min(lot_id) first_lot, sum(remaining) points, first_id + row_number() over () - 1 id
      from due group by member_id, state),
  posting as (
    insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
    select d.member_id, h.id, d.lot_id, d.state, (case d.state when 'pending' then 'available' else 'expired' end)::ledger.account,
           d.remaining, d.expires_on, row_number() over (partition by h.id order by d.expires_on, d.lot_id)
      from due d join header h using (member_id, state)),
  change as (
    select member_id, sum(case state when 'pending' then points else 0 end) woken, sum(case state when 'available' then points else 0 end) gone
      from header group by member_id),
  purse as (
    update ledger.purse p set pending = p.pending - c.woken, available = p.available + c.woken - c.gone
      from change c where p.member_id = c.member_id
    returning p.member_id, p.pending, p.available, p.held, p.owed),
  transaction as (
    insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
    select h.id, 'lot:' || h.first_lot || (case h.state when 'pending' then '/activated' else '/expired:' || f.expires_on || '-' || h.id end), -- a part that was held comes later
           (case h.state when 'pending' then 'activation' else 'expiry' end)::ledger.kind, h.member_id, p_at, p_at,
           u.pending, u.available, u.held, u.owed
      from header h join purse u using (member_id) join due f on f.member_id = h.member_id and f.lot_id = h.first_lot),
  woken as (
    update ledger.lot l set state = 'available', due_on = l.expires_on + 1 from due d
     where d.state = 'pending' and l.member_id = d.member_id and l.lot_id = d.lot_id),
  gone as (
    delete from ledger.lot l using due d where d.state = 'available' and l.member_id = d.member_id and l.lot_id = d.lot_id)
  select coalesce(sum(points) filter (where state = 'pending'), 0), coalesce(sum(points) filter (where state = 'available'), 0)
    into activated, expired from header;
  perform ledger.pay_debts(chosen, p_today, p_at);
end $$;

-- A reminder that reached its member (or was offered where the member looks) lets a lot expire; one that came late gives the lot more days.
create or replace function ledger.record_reminders(p_members bigint[], p_lots bigint[], p_today date, p_notice int) returns int
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare recorded int;
begin
  perform ledger.lock_purses(p_members);
  update ledger.lot l
     set reminded_on = p_today, expires_on = greatest(l.expires_on, p_today + p_notice),
         due_on = greatest(l.expires_on, p_today + p_notice) + 1
    from unnest(p_members, p_lots) r(member, lot)
   where l.member_id = r.member and l.lot_id = r.lot and l.state = 'available' and l.reminded_on is null;
  get diagnostics recorded = row_count;
  return recorded;
end $$;

-- A return. First what was redeemed goes back (last used, first restored: debts and the house's part before lots, lots with their own expiry but
-- not sooner than p_not_before); then what was earned is clawed: from the line's own lots while pending, then from available lots, soonest expiry
-- first, then as a visible debt or on the house. Never more than the sale earned or redeemed, however often it is sliced.
create or replace function ledger.give_back(
  p_reference text, p_reverses text, p_member bigint, p_occurred timestamptz, p_at timestamptz, p_today date,
  p_restore int, p_lines int[], p_claws int[], p_not_before date, p_shortage text,
  out status text, out transaction_id bigint, out from_pending bigint, out from_available bigint, out owing bigint, out exposed bigint,
  out pending bigint, out available bigint, out held bigint, out owed bigint)
language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  original ledger.transaction;
  known ledger.transaction;
  leg ledger.posting;
  l ledger.lot;
  new_id bigint;
  legs int := 0;
  skip bigint;
  rest bigint;
  part bigint;
  lot_key bigint;
  wanted bigint;
  claw_total bigint := (select coalesce(sum(c), 0) from unnest(p_claws) c);
  own_lots bigint[];
begin
  perform ledger.lock_purses(array[p_member]);
  from_pending := 0; from_available := 0; owing := 0; exposed := 0;
  select * into known from ledger.transaction t where t.reference = p_reference;
  if found then
    status := case when known.member_id = p_member and known.redeemed = p_restore and known.earned = claw_total then 'already_posted' else 'conflict' end;
    transaction_id := known.transaction_id;
    select coalesce(sum(case when p.source = 'pending' then p.points end), 0), coalesce(sum(case when p.source = 'available' then p.points end), 0),
           coalesce(sum(case when p.source = 'owed' then p.points end), 0), coalesce(sum(case when p.source = 'exposure' then p.points end), 0)
      into from_pending, from_available, owing, exposed
      from ledger.posting p where p.member_id = known.member_id and p.transaction_id = known.transaction_id and p.target = 'cancelled';
    pending := known.pending_after; available := known.available_after; held := known.held_after; owed := known.owed_after;
    return;
  end if;
  select * into original from ledger.transaction t where t.reference = p_reverses;
  if not found then raise exception 'nothing was posted under %', p_reverses using errcode = 'P0002'; end if;
  select p.pending, p.available, p.held, p.owed into strict pending, available, held, owed from ledger.purse p where p.member_id = p_member;
  new_id := ledger.take_ids(1);

  select coalesce(sum(p.points), 0) into skip
    from ledger.transaction t join ledger.posting p on p.transaction_id = t.transaction_id and p.member_id = t.member_id
   where t.reverses = original.transaction_id and p.source = 'redeemed';
  if skip + p_restore > original.redeemed then
    raise exception 'more is restored than was redeemed under %', p_reverses using errcode = '23514';
  end if;
  rest := p_restore;
  for leg in select * from ledger.posting p
              where p.member_id = original.member_id and p.transaction_id = original.transaction_id and p.target = 'redeemed' order by p.leg desc loop
    exit when rest = 0;
    part := least(greatest(leg.points - skip, 0), rest);
    skip := greatest(skip - leg.points, 0);
    continue when part = 0;
    rest := rest - part;
    if leg.source = 'exposure' then
      legs := legs + 1;
      insert into ledger.posting values (p_member, new_id, 0, 'redeemed', 'exposure', part, null, legs, 0);
      continue;
    end if;
    if leg.source = 'owed' then
      wanted := least(part, owed);                     -- what of that debt is still open; paid debts come back as points
      if wanted > 0 then
        legs := legs + 1;
        insert into ledger.posting values (p_member, new_id, 0, 'redeemed', 'owed', wanted, null, legs, 0);
        owed := owed - wanted;
        part := part - wanted;
      end if;
      continue when part = 0;
    end if;
    lot_key := leg.lot_id;
    if lot_key = 0 or exists (select from ledger.lot x where x.member_id = p_member and x.lot_id = lot_key
                                and (x.expires_on <> greatest(leg.expires_on, p_not_before) or x.state <> 'available' or x.remaining + part > x.points))
       or exists (select from ledger.hold_part h where h.lot_id = lot_key) then
      lot_key := ledger.take_ids(1);                   -- the old lot lives on with another expiry: these points get a lot of their own
    end if;
    insert into ledger.lot as x (member_id, lot_id, state, activates_on, expires_on, due_on, points, remaining)
    values (p_member, lot_key, 'available', least(p_today, greatest(coalesce(leg.expires_on, p_not_before), p_not_before)),
            greatest(coalesce(leg.expires_on, p_not_before), p_not_before), greatest(coalesce(leg.expires_on, p_not_before), p_not_before) + 1, part, part)
    on conflict (member_id, lot_id) do update set remaining = x.remaining + excluded.remaining;
    legs := legs + 1;
    insert into ledger.posting values
      (p_member, new_id, lot_key, 'redeemed', 'available', part, greatest(coalesce(leg.expires_on, p_not_before), p_not_before), legs, 0);
    available := available + part;
  end loop;

  for i in 1 .. coalesce(cardinality(p_lines), 0) loop
    select coalesce(sum(p.points), 0), array_agg(distinct p.lot_id) into wanted, own_lots from ledger.posting p
     where p.member_id = original.member_id and p.transaction_id = original.transaction_id and p.source = 'issued' and p.line = p_lines[i];
    select coalesce(sum(p.points), 0) into skip
      from ledger.transaction t join ledger.posting p on p.transaction_id = t.transaction_id and p.member_id = t.member_id
     where t.reverses = original.transaction_id and p.target = 'cancelled' and p.line = p_lines[i];
    skip := skip + coalesce((select sum(p.points) from ledger.posting p
                              where p.member_id = p_member and p.transaction_id = new_id and p.target = 'cancelled' and p.line = p_lines[i]), 0);
    if skip + p_claws[i] > wanted then
      raise exception 'more is clawed than line % earned under %', p_lines[i], p_reverses using errcode = '23514';
    end if;
    rest := p_claws[i];
    for l in select * from ledger.lot x
              where x.member_id = p_member and (x.lot_id = any (own_lots) or x.state = 'available')
              order by x.state = 'pending' desc, x.lot_id = any (own_lots) desc, x.expires_on, x.lot_id loop
      exit when rest = 0;
      part := least(l.remaining, rest);
      rest := rest - part;
      if part = l.remaining then
        delete from ledger.lot x where x.member_id = p_member and x.lot_id = l.lot_id;
      else
        update ledger.lot x set remaining = x.remaining - part where x.member_id = p_member and x.lot_id = l.lot_id;
      end if;
      legs := legs + 1;
      insert into ledger.posting values (p_member, new_id, l.lot_id, l.state, 'cancelled', part, l.expires_on, legs, p_lines[i]);
      if l.state = 'pending' then
        pending := pending - part; from_pending := from_pending + part;
      else
        available := available - part; from_available := from_available + part;
      end if;
    end loop;
    if rest > 0 then
      legs := legs + 1;
      insert into ledger.posting values
        (p_member, new_id, 0, (case p_shortage when 'debt' then 'owed' else 'exposure' end)::ledger.account, 'cancelled', rest, null, legs, p_lines[i]);
      if p_shortage = 'debt' then owed := owed + rest; owing := owing + rest; else exposed := exposed + rest; end if;
    end if;
  end loop;

  update ledger.purse p set pending = give_back.pending, available = give_back.available, owed = give_back.owed where p.member_id = p_member;
  insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, earned, redeemed, reverses,
                                  pending_after, available_after, held_after, owed_after)
  values (new_id, p_reference, 'return', p_member, p_occurred, p_at, claw_total, p_restore, original.transaction_id, pending, available, held, owed);
  status := 'posted';
  transaction_id := new_id;
end $$;

-- Two purses become one: every lot, hold and debt of p_from goes over to p_into, with its own dates. Repeating the reference changes nothing.
create or replace function ledger.merge_purses(p_from bigint, p_into bigint, p_reference text, p_at timestamptz) returns text
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  gone bigint;
  come bigint;
  p ledger.purse;
  q ledger.purse;
begin
  perform ledger.lock_purses(array[p_from, p_into]);
  if exists (select from ledger.transaction t where t.reference = p_reference || ':out') then return 'already_posted'; end if;
  perform ledger.release_holds(array(select h.hold_id from ledger.hold h where h.member_id = p_from and h.state = 'open'), 'voided', p_at);
  gone := ledger.take_ids(2);
  come := gone + 1;
  select * into strict p from ledger.purse x where x.member_id = p_from;
  with lots as materialized (
    select lot_id, state account, remaining points, expires_on from ledger.lot where member_id = p_from
    union all select 0, 'owed', p.owed::int, null where p.owed > 0),
  numbered as (select *, row_number() over (order by lot_id) leg from lots)
  insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
  select p_from, gone, lot_id, case account when 'owed' then 'moved' else account end, case account when 'owed' then account else 'moved' end, points, expires_on, leg
    from numbered
  union all
  select p_into, come, lot_id, case account when 'owed' then account else 'moved' end, case account when 'owed' then 'moved' else account end, points, expires_on, leg
    from numbered;
  update ledger.lot set member_id = p_into where member_id = p_from;
  update ledger.purse set pending = 0, available = 0, owed = 0 where member_id = p_from;
  update ledger.purse x set pending = x.pending + p.pending, available = x.available + p.available, owed = x.owed + p.owed
   where x.member_id = p_into returning * into strict q;
  insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
  values (gone, p_reference || ':out', 'merge', p_from, p_at, p_at, 0, 0, 0, 0),
         (come, p_reference || ':in', 'merge', p_into, p_at, p_at, q.pending, q.available, q.held, q.owed);
  -- one had a debt and the other the points that pay it
  perform ledger.pay_debts(array[p_into], (p_at at time zone 'Europe/Minsk')::date, p_at);
  return 'posted';
end $$;

-- A merge is taken back: of what came along, whatever is still there goes home, lot by lot; what was used, expired or taken back meanwhile is not made up
-- for, and a debt goes home as far as it is still owed. Holds on these lots are voided. Repeating the reference changes nothing and answers the same.
create or replace function ledger.unmerge_purses(p_from bigint, p_into bigint, p_merge text, p_reference text, p_at timestamptz, out status text, out pending bigint, out available bigint, out owed bigint)
language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  came ledger.transaction;
  known ledger.transaction;
  lots bigint[];
  debt bigint;
  gone bigint;
  home bigint;
  p ledger.purse;
  q ledger.purse;
begin
  perform ledger.lock_purses(array[p_from, p_into]);
  select * into known from ledger.transaction t where t.reference = p_reference || ':in';
  if found then
    select coalesce(sum(x.points) filter (where x.target = 'pending'), 0), coalesce(sum(x.points) filter (where x.target = 'available'), 0),
           coalesce(sum(x.points) filter (where x.source = 'owed'), 0)
      into pending, available, owed from ledger.posting x where x.member_id = known.member_id and x.transaction_id = known.transaction_id;
    status := 'already_posted';
    return;
  end if;
  select * into strict came from ledger.transaction t where t.reference = p_merge || ':in' and t.member_id = p_into;
  lots := array(select x.lot_id from ledger.posting x where x.member_id = p_into and x.transaction_id = came.transaction_id and x.lot_id <> 0);
  perform ledger.release_holds(array(
    select distinct h.hold_id from ledger.hold h join ledger.hold_part part on part.hold_id = h.hold_id
     where h.member_id = p_into and h.state = 'open' and part.lot_id = any (lots)), 'voided', p_at);
  select * into strict q from ledger.purse x where x.member_id = p_into;
  select least(q.owed, coalesce(sum(x.points), 0)) into debt
    from ledger.posting x where x.member_id = p_into and x.transaction_id = came.transaction_id and x.lot_id = 0;
  select coalesce(sum(l.remaining) filter (where l.state = 'pending'), 0), coalesce(sum(l.remaining) filter (where l.state = 'available'), 0)
    into pending, available from ledger.lot l where l.member_id = p_into and l.lot_id = any (lots);
  owed := debt;
  gone := ledger.take_ids(2);
  home := gone + 1;
  with back as materialized (
    select l.lot_id, l.state account, l.remaining points, l.expires_on from ledger.lot l where l.member_id = p_into and l.lot_id = any (lots)
    union all select 0, 'owed', debt::int, null where debt > 0),
  numbered as (select *, row_number() over (order by lot_id) leg from back)
  insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
  select p_into, gone, lot_id, case account when 'owed' then 'moved' else account end, case account when 'owed' then account else 'moved' end, points, expires_on, leg
    from numbered
  union all
  select p_from, home, lot_id, case account when 'owed' then account else 'moved' end, case account when 'owed' then 'moved' else account end, points, expires_on, leg
    from numbered;
  update ledger.lot l set member_id = p_from where l.member_id = p_into and l.lot_id = any (lots);
  update ledger.purse x set pending = x.pending - unmerge_purses.pending, available = x.available - unmerge_purses.available, owed = x.owed - debt
   where x.member_id = p_into returning * into strict q;
  update ledger.purse x set pending = x.pending + unmerge_purses.pending, available = x.available + unmerge_purses.available, owed = x.owed + debt
   where x.member_id = p_from returning * into strict p;
  insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
  values (gone, p_reference || ':out', 'merge', p_into, p_at, p_at, q.pending, q.available, q.held, q.owed),
         (home, p_reference || ':in', 'merge', p_from, p_at, p_at, p.pending, p.available, p.held, p.owed);
  perform ledger.pay_debts(array[p_from, p_into], (p_at at time zone 'Europe/Minsk')::date, p_at);
  status := 'posted';
end $$;

-- What is available in one purse is given to another, lot by lot with its dates; pending points stay (the goods may come back), and so does what is set
-- aside. Whoever owes gives nothing. Repeating the reference changes nothing and answers the same.
create or replace function ledger.give_lots(p_from bigint, p_into bigint, p_reference text, p_at timestamptz) returns bigint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  gone bigint;
  given bigint;
  p ledger.purse;
  q ledger.purse;
begin
  perform ledger.lock_purses(array[p_from, p_into]);
  select coalesce(sum(x.points), 0) into given from ledger.transaction t join ledger.posting x on x.member_id = t.member_id and x.transaction_id = t.transaction_id
   where t.reference = p_reference || ':out';
  if given > 0 then return given; end if;
  select * into strict p from ledger.purse x where x.member_id = p_from;
  select coalesce(sum(l.remaining), 0) into given from ledger.lot l where l.member_id = p_from and l.state = 'available';
  if given = 0 or p.owed > 0 then return 0; end if;
  gone := ledger.take_ids(2);
  with lots as materialized (
    select lot_id, remaining points, expires_on, row_number() over (order by lot_id) leg from ledger.lot where member_id = p_from and state = 'available')
  insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
  select p_from, gone, lot_id, 'available'::ledger.account, 'moved'::ledger.account, points, expires_on, leg from lots
  union all
  select p_into, gone + 1, lot_id, 'moved', 'available', points, expires_on, leg from lots;
  update ledger.lot set member_id = p_into where member_id = p_from and state = 'available';
  update ledger.purse x set available = x.available - given where x.member_id = p_from returning * into strict p;
  update ledger.purse x set available = x.available + given where x.member_id = p_into returning * into strict q;
  insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
  values (gone, p_reference || ':out', 'gift', p_from, p_at, p_at, p.pending, p.available, p.held, p.owed),
         (gone + 1, p_reference || ':in', 'gift', p_into, p_at, p_at, q.pending, q.available, q.held, q.owed);
  perform ledger.pay_debts(array[p_into], (p_at at time zone 'Europe/Minsk')::date, p_at);
  return given;
end $$;

-- A purse is emptied for good: open holds are voided, pending and available points are cancelled; a debt stays, where everybody sees it.
-- Repeating the reference changes nothing and answers the same.
create or replace function ledger.close_purse(p_member bigint, p_reference text, p_at timestamptz, out status text, out pending bigint, out available bigint, out owed bigint)
language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  known ledger.transaction;
  p ledger.purse;
  new_id bigint;
begin
  perform ledger.lock_purses(array[p_member]);
  select * into known from ledger.transaction t where t.reference = p_reference;
  if found then
    select coalesce(sum(x.points) filter (where x.source = 'pending'), 0), coalesce(sum(x.points) filter (where x.source = 'available'), 0)
      into pending, available from ledger.posting x where x.member_id = known.member_id and x.transaction_id = known.transaction_id;
    status := 'already_posted'; owed := known.owed_after;
    return;
  end if;
  perform ledger.release_holds(array(select h.hold_id from ledger.hold h where h.member_id = p_member and h.state = 'open'), 'voided', p_at);
  select * into p from ledger.purse x where x.member_id = p_member;
  if not found then
    status := 'no_purse'; pending := 0; available := 0; owed := 0;
    return;
  end if;
  new_id := ledger.take_ids(1);
  insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, leg)
  select p_member, new_id, l.lot_id, l.state, 'cancelled', l.remaining, l.expires_on, row_number() over (order by l.expires_on, l.lot_id)
    from ledger.lot l where l.member_id = p_member;
  delete from ledger.lot l where l.member_id = p_member;
  update ledger.purse x set pending = 0, available = 0 where x.member_id = p_member;
  insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, pending_after, available_after, held_after, owed_after)
  values (new_id, p_reference, 'leave', p_member, p_at, p_at, 0, 0, p.held, p.owed);
  status := 'posted'; pending := p.pending; available := p.available; owed := p.owed;
end $$;

-- Both sides of every posting, as an accountant reads them.
create or replace view ledger.entry as
  select transaction_id, member_id, leg, source account, -points::bigint amount, lot_id from ledger.posting
  union all
  select transaction_id, member_id, leg, target, points::bigint, lot_id from ledger.posting;

-- The line below which the journal is complete: nobody who started earlier is still writing when the lock is ours.
create or replace function ledger.seal_line() returns bigint language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7265002);
  return ledger.take_ids(1);
end $$;

-- What a stretch of the journal says, as one hash: every column of every row in the order of ids.
create or replace function ledger.hash_of(p_from bigint, p_upto bigint, p_previous bytea,
  out transactions bigint, out postings bigint, out totals jsonb, out hash bytea)
language plpgsql stable security definer set search_path = ledger, pg_temp as $$
declare
  headers text;
  legs text;
begin
  select count(*), string_agg(concat_ws('|', transaction_id, reference, kind, member_id, extract(epoch from occurred_at), extract(epoch from recorded_at),
                                        earned, redeemed, coalesce(reverses, 0), pending_after, available_after, held_after, owed_after), E'\n' order by transaction_id)
    into transactions, headers from ledger.transaction where transaction_id >= p_from and transaction_id < p_upto;
  select count(*), string_agg(concat_ws('|', transaction_id, member_id, leg, line, lot_id, source, target, points, coalesce(expires_on::text, '-')), E'\n'
                              order by transaction_id, member_id, leg)
    into postings, legs from ledger.posting where transaction_id >= p_from and transaction_id < p_upto;
  select coalesce(jsonb_object_agg(pair, points), '{}') into totals from (
    select source || '>' || target pair, sum(points) points from ledger.posting where transaction_id >= p_from and transaction_id < p_upto group by 1) t;
  hash := sha256(p_previous || sha256(convert_to(coalesce(headers, ''), 'UTF8')) || sha256(convert_to(coalesce(legs, ''), 'UTF8')));
end $$;

-- Seals the journal from the last seal up to p_line, at most p_most transactions; answers how many it sealed, 0 when nothing was left.
create or replace function ledger.seal_upto(p_line bigint, p_most int, p_day date, p_at timestamptz) returns bigint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  last ledger.seal;
  upto bigint;
  sealed record;
begin
  perform pg_advisory_xact_lock(7265003);                -- one sealer at a time
  select * into last from ledger.seal order by seal_id desc limit 1;
  select x.transaction_id into upto from ledger.transaction x
   where x.transaction_id >= coalesce(last.upto_id, 0) and x.transaction_id < p_line order by x.transaction_id offset p_most limit 1;
  upto := coalesce(upto, p_line);
  if upto <= coalesce(last.upto_id, 0) then return 0; end if;
  select * into sealed from ledger.hash_of(coalesce(last.upto_id, 0), upto, coalesce(last.hash, ''::bytea));
  if sealed.transactions = 0 then return 0; end if;
  insert into ledger.seal (day, from_id, upto_id, transactions, postings, totals, previous, hash, sealed_at)
  values (p_day, coalesce(last.upto_id, 0), upto, sealed.transactions, sealed.postings, sealed.totals, coalesce(last.hash, ''::bytea), sealed.hash, p_at);
  return sealed.transactions;
end $$;

revoke execute on all functions in schema ledger from public;
grant select on all tables in schema ledger to mila_app;
grant execute on function
  ledger.open_purses, ledger.post, ledger.hold, ledger.release_holds, ledger.pay_debts, ledger.settle_due, ledger.record_reminders,
  ledger.give_back, ledger.merge_purses, ledger.unmerge_purses, ledger.give_lots, ledger.close_purse, ledger.seal_line, ledger.seal_upto, ledger.hash_of, ledger.add_month, ledger.id_at
  to mila_app;
