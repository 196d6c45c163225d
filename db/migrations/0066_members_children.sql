-- Whoever is under sixteen is a member by the consent of a legal representative (Law 99-З, article 5), whose phone was proven. The row lives until the person
-- agrees themselves at sixteen, or leaves. The day is open, a job looks for it; who the representative is, is sealed.
create table members.child (
  member_id         bigint primary key references members.member,
  sixteen_on        date        not null,
  kinship           text        not null check (kinship in ('parent', 'adopter', 'guardian', 'trustee')),
  name_sealed       bytea,
  phone_sealed      bytea,
  phone_hash        bytea       check (octet_length(phone_hash) = 32), -- none: the number is no longer theirs, or they are forgotten
  representative_id bigint      references members.member,             -- if they are a member themselves
  agreed_at         timestamptz not null,
  asked_at          timestamptz, -- at sixteen, for their own consent
  silent_at         timestamptz, -- they did not answer in time: the representative is forgotten
  check (representative_id <> member_id),
  check (num_nonnulls(name_sealed, phone_sealed) in (0, 2)),
  check ((silent_at is null) = (name_sealed is not null)),
  check (phone_hash is null or phone_sealed is not null),
  check (silent_at is null or asked_at is not null)
);
create index on members.child (phone_hash) where phone_hash is not null;
create index on members.child (representative_id) where representative_id is not null;
create index on members.child (sixteen_on) where silent_at is null;
grant select, insert, update, delete on members.child to mila_app;

-- Their phone is proven by codes of kinds of their own: when a child registers, and on the page where they see what they agreed to.
alter table members.code drop constraint code_purpose_check,
  add constraint code_purpose_check check (purpose in ('register', 'sign_in', 'recover', 'change_phone', 'change_email', 'confirm', 'merge', 'new_number', 'owner',
                                                       'child', 'representative'));
alter table members.event drop constraint event_what_check,
  add constraint event_what_check check (what in ('registered', 'employee_marked', 'employee_unmarked', 'spending_locked', 'spending_unlocked',
                                                  'phone_changed', 'email_changed', 'person_changed', 'password_changed', 'passkey_added', 'passkey_removed',
                                                  'passkey_doubted', 'passkeys_slept', 'passkey_woken', 'merged', 'took_over', 'came_apart', 'left',
                                                  'represented', 'own_consent')),
  drop constraint event_by_check,
  add constraint event_by_check check (by ~ '^(member|staff|till|representative):[0-9]+$' or by = 'system');
