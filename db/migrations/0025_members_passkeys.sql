-- People sign in by fingerprint, face or screen lock: with passkeys (WebAuthn). We keep public keys alone, with which nobody signs in anywhere; the private
-- ones never leave the phone or the person's own key chain. What is asked of a phone to sign is asked once, and for five minutes.

create table members.passkey (
  id            bigint generated always as identity primary key,
  member_id     bigint      not null references members.member,
  domain        text        not null check (char_length(domain) between 1 and 253), -- the WebAuthn RP id: our host when it was made; it works at no other
  credential_id bytea       not null unique check (octet_length(credential_id) between 16 and 1023),
  public_key    bytea       not null check (octet_length(public_key) between 32 and 2048), -- COSE_Key
  uses_counted  bigint      not null check (uses_counted between 0 and 4294967295), -- as the phone counts; 0 for ever where it doesn't
  synced        boolean     not null, -- kept in a key chain and present on several devices
  transports    text[]      not null default '{}' check (cardinality(transports) <= 8),
  name_sealed   bytea       not null, -- what the person knows it by
  -- asleep: the password was recovered or changed, and nobody has said since whose it is; doubted: its counter went backwards, so there may be a copy
  state         text        not null default 'awake' check (state in ('awake', 'asleep', 'doubted')),
  made_at       timestamptz not null,
  used_at       timestamptz
);
create index on members.passkey (member_id, id);

-- A challenge on its way to a phone. Who asked, a session or a browser, is the only one whose answer is looked at; the answer uses it up.
create table members.passkey_challenge (
  hash       bytea       primary key check (octet_length(hash) = 32),
  purpose    text        not null check (purpose in ('add', 'sign_in', 'prove')),
  asker_hash bytea       not null check (octet_length(asker_hash) = 32),
  expires_at timestamptz not null
);
create index on members.passkey_challenge (expires_at);

-- which passkey opened a session: when it is removed, so are they
alter table members.session add column passkey_id bigint references members.passkey on delete set null;
create index on members.session (passkey_id) where passkey_id is not null;

alter table members.event drop constraint event_what_check,
  add constraint event_what_check check (what in ('registered', 'employee_marked', 'employee_unmarked', 'spending_locked', 'spending_unlocked',
                                                  'phone_changed', 'email_changed', 'person_changed', 'password_changed', 'merged', 'took_over', 'left',
                                                  'passkey_added', 'passkey_removed', 'passkey_doubted', 'passkeys_slept', 'passkey_woken'));

grant select, insert, update, delete on members.passkey, members.passkey_challenge to mila_app;
