-- Two memberships of one person become one, and may come apart again for fourteen days: what has to be put back is kept beside the merge (ids, numbers and
-- versions, no personal data). A phone is proven for a merge by a code of its own.
create table members.merge (
  id        bigint generated always as identity primary key,
  from_id   bigint      not null references members.member,
  into_id   bigint      not null references members.member,
  merged_at timestamptz not null,
  by        text        not null,
  kept      jsonb       not null,
  undone_at timestamptz,
  undone_by text,
  check (from_id <> into_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index on members.merge (from_id) where undone_at is null;
create index on members.merge (into_id);
grant select, insert, update on members.merge to mila_app;

alter table members.event drop constraint event_what_check,
  add constraint event_what_check check (what in ('registered', 'employee_marked', 'employee_unmarked', 'spending_locked', 'spending_unlocked',
                                                  'phone_changed', 'email_changed', 'person_changed', 'password_changed', 'passkey_added', 'passkey_removed',
                                                  'passkey_doubted', 'passkeys_slept', 'passkey_woken', 'merged', 'took_over', 'came_apart', 'left'));
alter table members.code drop constraint code_purpose_check,
  add constraint code_purpose_check check (purpose in ('register', 'sign_in', 'recover', 'change_phone', 'change_email', 'confirm', 'merge'));
