-- Two people say a partner card is theirs; somebody decides, once, and says why.
alter table cards.claim
  add column state      text not null default 'open' check (state in ('open', 'upheld', 'rejected')),
  add column decided_at timestamptz,
  add column decided_by text check (decided_by ~ '^(member|staff|till):[0-9]+$' or decided_by = 'system'),
  add column reason     text check (char_length(reason) between 1 and 500),
  add check ((state = 'open') = (decided_at is null)),
  add check ((decided_at is null) = (decided_by is null)),
  add check (decided_by <> claimed_by);
create index on cards.claim (id) where state = 'open';
