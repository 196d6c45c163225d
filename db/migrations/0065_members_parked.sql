-- An operator gives a number to somebody new. Their account is a new one, and the account the number led to is parked: it keeps its person, cards and points under no
-- number. The keyed hash of the number that is gone stays, so that who had it finds the way back by e-mail and a fact.
alter table members.member
  add column parked_phone_hash bytea check (octet_length(parked_phone_hash) = 32),
  add column parked_at timestamptz,
  add check ((parked_at is null) = (parked_phone_hash is null)),
  add check (parked_at is null or phone_hash is null);
create index on members.member (parked_phone_hash) where parked_phone_hash is not null;

-- a parked member has no phone; a left one nothing at all
do $$ declare one record; begin
  for one in select conname from pg_constraint where conrelid = 'members.member'::regclass and contype = 'c'
              and pg_get_constraintdef(oid) like '%num_nulls(phone_hash, phone_sealed, name_sealed)%' loop
    execute format('alter table members.member drop constraint %I', one.conname);
  end loop;
end $$;
alter table members.member
  add constraint member_person_check check (state = 'left' or (name_sealed is not null
    and (parked_at is not null or num_nulls(phone_hash, phone_sealed) = 0)));

alter table members.code drop constraint code_purpose_check,
  add constraint code_purpose_check check (purpose in ('register', 'sign_in', 'recover', 'change_phone', 'change_email', 'confirm', 'merge', 'new_number', 'owner'));
