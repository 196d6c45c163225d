-- A desk for what people ask by law, and wordings that begin on a day of their own. A request is taken by one person, a refusal names its ground (Law 99-З
-- wants the reasons told), and every step of it is a line. A wording may be published ahead: it is in force from a moment, never before it was published.

alter table privacy.request
  add column taken_by text check (taken_by ~ '^staff:[0-9]+$'),
  add column taken_at timestamptz,
  add column ground   text check (ground in ('identity_unproven', 'kept_by_law', 'asked_this_year', 'not_processed', 'unfounded')),
  add check ((taken_by is null) = (taken_at is null)),
  add check (ground is null or state = 'refused');

-- Who did what to a request, and when; no words of anybody. Written once.
create table privacy.request_event (
  id         bigint generated always as identity primary key,
  request_id bigint      not null references privacy.request,
  what       text        not null check (what in ('made', 'taken', 'answered', 'refused')),
  at         timestamptz not null,
  by         text        not null check (by ~ '^(member|staff):[0-9]+$' or by = 'system')
);
create index on privacy.request_event (request_id, id);
insert into privacy.request_event (request_id, what, at, by)
  select id, 'made', made_at, made_by from privacy.request order by id;
insert into privacy.request_event (request_id, what, at, by)
  select id, state, answered_at, answered_by from privacy.request where state <> 'open' order by id;
select kernel.append_only('privacy.request_event', 'what was done about a request is never rewritten');
grant select, insert on privacy.request_event to mila_app;

-- what is withdrawn by an application
alter table privacy.consent_event drop constraint consent_event_means_check,
  add constraint consent_event_means_check check (means in ('tick', 'code', 'paper', 'link', 'message', 'request', 'merge', 'leaving'));

alter table privacy.text
  add column in_force_from timestamptz check (in_force_from >= published_at); -- null: since it was published
