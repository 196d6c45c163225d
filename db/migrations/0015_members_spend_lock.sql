-- Whoever fears that somebody else has their card may close spending without closing anything else: earning goes on.
alter table members.member add column spend_locked boolean not null default false;
alter table members.event drop constraint event_what_check,
  add constraint event_what_check check (what in ('registered', 'employee_marked', 'employee_unmarked', 'spending_locked', 'spending_unlocked',
                                                  'merged', 'took_over', 'left'));
