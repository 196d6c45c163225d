-- A price is lower than another only at the same shops: what a thing has cost is kept with the zone it cost that in. And a shop has a thing again only after it
-- had none: what was never gone is no news.

alter table favourites.item
  add column price_zone  text    not null default 'main',  -- whose price price_minor is
  add column shop_had_none boolean not null default false; -- of watch_shop, since it is watched: its next piece is news
comment on column favourites.item.price_minor is 'the card price when it was put here, when its watch began, when it was last told of, or the highest since: lower ones are news';
