-- What people agreed to, word for word, and what they asked of us under Law 99-З. Nothing here is ever rewritten: a consent is a line, its withdrawal another.

create schema privacy;
grant usage on schema privacy to mila_app;

-- What is shown before somebody agrees (article 5, part 5): the eight fields, in one language. A new wording is a new version.
create table privacy.text (
  purpose      text        not null check (purpose ~ '^[a-z_]{1,40}$'),
  version      int         not null check (version > 0),
  locale       text        not null check (locale in ('ru', 'be', 'en')),
  fields       jsonb       not null,
  hash         bytea       not null check (octet_length(hash) = 32),
  published_at timestamptz not null,
  published_by text        not null check (published_by ~ '^(member|staff|till):[0-9]+$' or published_by = 'system'),
  primary key (purpose, version, locale)
);

create table privacy.consent_event (
  id           bigint generated always as identity primary key,
  member_id    bigint      not null,
  purpose      text        not null,
  what         text        not null check (what in ('given', 'withdrawn')),
  version      int         not null,
  locale       text        not null,
  means        text        not null check (means in ('tick', 'code', 'paper', 'link', 'message', 'merge', 'leaving')),
  door         text        not null check (door in ('web', 'app', 'office', 'till', 'mail')),
  origin_sealed bytea,     -- network address and device, sealed
  holds_until  timestamptz,
  at           timestamptz not null,
  by           text        not null check (by ~ '^(member|staff|till):[0-9]+$' or by = 'system'),
  foreign key (purpose, version, locale) references privacy.text,
  check (what = 'given' or holds_until is null) -- null: as long as the membership
);
create index on privacy.consent_event (member_id, purpose, id desc);

-- Whom a person's data went to: an answer due once a year for nothing (article 12), here always.
create table privacy.disclosure (
  id        bigint generated always as identity primary key,
  member_id bigint      not null,
  recipient text        not null check (char_length(recipient) between 1 and 100),
  purpose   text        not null check (char_length(purpose) between 1 and 40),
  basis     text        not null check (basis in ('contract', 'consent', 'law')),
  what      text[]      not null check (cardinality(what) > 0),
  at        timestamptz not null
);
create index on privacy.disclosure (member_id, id desc);

-- An application under article 14 with its clock.
create table privacy.request (
  id          bigint generated always as identity primary key,
  member_id   bigint      not null,
  kind        text        not null check (kind in ('information', 'disclosures', 'correction', 'withdrawal', 'deletion')),
  essence     bytea       not null, -- sealed
  made_at     timestamptz not null,
  made_by     text        not null check (made_by ~ '^(member|staff):[0-9]+$'),
  due         date        not null,
  state       text        not null default 'open' check (state in ('open', 'answered', 'refused')),
  answer      bytea,      -- sealed
  answered_at timestamptz,
  answered_by text        check (answered_by ~ '^(member|staff):[0-9]+$' or answered_by = 'system'),
  check ((state = 'open') = (answered_at is null)),
  check ((state = 'open') = (answer is null)),
  check ((state = 'open') = (answered_by is null))
);
create index on privacy.request (member_id, id desc);
create index on privacy.request (due) where state = 'open';

-- Days that were moved: a Saturday that is worked, a Friday that is free. As the Council of Ministers decides each year.
create table privacy.moved_day (
  day     date    primary key,
  is_work boolean not null
);

select kernel.append_only('privacy.text', 'what people agreed to is never rewritten');
select kernel.append_only('privacy.consent_event', 'consents are lines, and withdrawals other lines');
select kernel.append_only('privacy.disclosure', 'what was told to others stays told');
grant select, insert on privacy.text, privacy.consent_event, privacy.disclosure to mila_app;
grant select, insert, update on privacy.request to mila_app;
grant select, insert, delete on privacy.moved_day to mila_app;
