-- What a source withdraws below the level of a good: shades it deletes or does not name any more beside their sisters, and stock that a count of everything leaves out.
alter table exchange.offer
  add column hidden  boolean     not null default false,       -- its source sells it no more
  add column seen_at timestamptz not null default '-infinity'; -- when a file last described it
alter table exchange.warehouse add column counted_at timestamptz; -- when a file last counted something there
