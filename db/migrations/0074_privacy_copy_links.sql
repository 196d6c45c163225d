-- Who asks for a copy of their data gets a link that works once, within a quarter of an hour and in the session it was asked in (security case A56). One link for each
-- form of a copy: a newer one takes the place of the one before, and to open it is to delete it. Of the link a keyed hash is all that is kept.
create table privacy.copy_link (
  member_id  bigint      not null,
  form       text        not null check (form in ('pdf', 'json')),
  token_hash bytea       not null unique check (octet_length(token_hash) = 32),
  session_id bigint      not null,
  made_at    timestamptz not null,
  primary key (member_id, form)
);
create index on privacy.copy_link (made_at);
grant select, insert, update, delete on privacy.copy_link to mila_app;
