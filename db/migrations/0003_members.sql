-- People. Whatever says who somebody is lives in this schema alone: phone, name and e-mail are sealed, the phone is found by a keyed hash,
-- and everybody else knows a number. A member who was merged keeps the row, so that old cards, phones and receipts still lead to the person.

create schema members;
grant usage on schema members to mila_app;

create table members.member (
  id               bigint generated always as identity primary key,
  state            text        not null default 'active' check (state in ('active', 'merged', 'left')),
  merged_into      bigint      references members.member,          -- always the last of the chain
  phone_hash       bytea       unique check (octet_length(phone_hash) = 32),
  left_phone_hash  bytea       check (octet_length(left_phone_hash) = 32), -- who comes back gets no welcome twice
  phone_sealed     bytea,
  name_sealed      bytea,
  email_sealed     bytea,
  birth_month      smallint,
  birth_day        smallint,
  locale           text        not null check (locale in ('ru', 'be', 'en')),
  employee_shop    text        check (char_length(employee_shop) between 1 and 50),
  employee_till    int         check (employee_till > 0),
  employee         boolean     not null default false,
  registered_at    timestamptz not null,
  left_at          timestamptz,
  check ((state = 'merged') = (merged_into is not null)),
  check (merged_into <> id),
  check ((state = 'left') = (left_at is not null)),
  check (state <> 'left' or num_nonnulls(phone_hash, phone_sealed, name_sealed, email_sealed, birth_month) = 0),
  check (state = 'left' or num_nulls(phone_hash, phone_sealed, name_sealed) = 0),
  check ((birth_month is null) = (birth_day is null)),
  check (birth_month between 1 and 12),
  check (birth_day between 1 and case when birth_month = 2 then 29 when birth_month in (4, 6, 9, 11) then 30 else 31 end),
  check (employee or num_nonnulls(employee_shop, employee_till) = 0),
  check (employee_till is null or employee_shop is not null)
);
create index on members.member (merged_into) where merged_into is not null;
create index on members.member (left_phone_hash) where left_phone_hash is not null;
grant select, insert, update on members.member to mila_app;

-- A chain of merges is flat: nobody points at somebody who points on.
create function members.refuse_chain() returns trigger language plpgsql as $$
begin
  if exists (select from members.member one join members.member next on next.id = one.merged_into
              where next.state = 'merged' and new.id in (one.id, next.id)) then
    raise exception 'member % would be reached through another merged member', new.id;
  end if;
  return null;
end $$;
create constraint trigger flat_merges after insert or update of state, merged_into on members.member
  deferrable initially deferred for each row when (new.state = 'merged') execute function members.refuse_chain();

-- Who came, changed, merged or left, when, and by whose hand. Written once, and it names nobody.
create table members.event (
  id        bigint generated always as identity primary key,
  member_id bigint      not null references members.member,
  what      text        not null check (what in ('registered', 'employee_marked', 'employee_unmarked', 'merged', 'took_over', 'left')),
  at        timestamptz not null,
  by        text        not null check (by ~ '^(member|staff|till):[0-9]+$' or by = 'system'),
  details   jsonb       not null default '{}'
);
create index on members.event (member_id, id);
grant select, insert on members.event to mila_app;

select kernel.append_only('members.event', 'what happened to a member is never rewritten');
