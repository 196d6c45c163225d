-- A message is claimed, sent outside any transaction, and then it is said what became of it. Whoever dies in between leaves a claim that ends by itself.
alter table messages.outbox
  add column tries      smallint    not null default 0 check (tries >= 0),
  add column next_at    timestamptz not null default '-infinity', -- not before; while somebody sends it, when the claim ends. By the database's clock
  add column gateway    text check (char_length(gateway) between 1 and 50),
  add column gateway_id text check (char_length(gateway_id) between 1 and 200),
  add column why        text check (char_length(why) between 1 and 200), -- why it could not be sent; names nobody
  add check (state = 'sent' or gateway_id is null);
