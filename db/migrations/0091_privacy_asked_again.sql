-- A consent whose wording changed or whose term ends is asked for anew: once. Who answered, or said «not now», is not asked the same thing again. And of new rules
-- and a new policy members hear before they begin.

create table privacy.asked_again (
  id         bigint generated always as identity primary key,
  member_id  bigint      not null,
  purpose    text        not null check (purpose ~ '^[a-z_]{1,40}$'),
  version    int         not null check (version > 0), -- the wording that was shown
  consent_id bigint      references privacy.consent_event, -- the consent it would have taken the place of; null: there was none
  answer     text        not null check (answer in ('no', 'later')),
  at         timestamptz not null
);
create index on privacy.asked_again (member_id, purpose, id desc);
select kernel.append_only('privacy.asked_again', 'what somebody answered is never rewritten');
grant select, insert on privacy.asked_again to mila_app;

-- A new wording of what the contract rests on, and how far its members have been told: those up to `told_up_to` have.
create table privacy.text_notice (
  purpose    text        not null check (purpose ~ '^[a-z_]{1,40}$'),
  version    int         not null,
  begins_at  timestamptz not null,
  told_up_to bigint      not null default 0,
  done_at    timestamptz,
  primary key (purpose, version)
);
grant select, insert, update on privacy.text_notice to mila_app;
