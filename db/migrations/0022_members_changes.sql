-- People change phones, e-mails and names. After a change of what one signs in with, spending rests for a while, in case somebody else did it.
alter table members.member add column spend_rests_until timestamptz;
alter table members.event drop constraint event_what_check,
  add constraint event_what_check check (what in ('registered', 'employee_marked', 'employee_unmarked', 'spending_locked', 'spending_unlocked',
                                                  'phone_changed', 'email_changed', 'person_changed', 'password_changed', 'merged', 'took_over', 'left'));
