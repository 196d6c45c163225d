-- The old number is lost: who proves a new one, and knows the account, is heard at its e-mail address first; then days pass in which the old number and the
-- address can say no. A code sent for it is of a kind of its own.
create table members.new_number (
  member_id    bigint primary key references members.member,
  phone_sealed bytea       not null,
  token_hash   bytea       not null unique check (octet_length(token_hash) = 32), -- of the link in the letter
  asked_at     timestamptz not null,
  confirmed_at timestamptz,
  due_at       timestamptz,
  check ((confirmed_at is null) = (due_at is null))
);
create index on members.new_number (due_at) where due_at is not null;
grant select, insert, update, delete on members.new_number to mila_app;

alter table members.code drop constraint code_purpose_check,
  add constraint code_purpose_check check (purpose in ('register', 'sign_in', 'recover', 'change_phone', 'change_email', 'confirm', 'merge', 'new_number'));
