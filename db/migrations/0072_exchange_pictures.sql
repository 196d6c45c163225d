-- What a source sends as a picture is made anew once and forgotten as it came; goods that name it are shown it then, whichever came first.
alter table exchange.file
  add column kept   text,                           -- its print among the media
  add column width  int,
  add column height int,
  add column unfit  boolean not null default false; -- no picture, or not one we show
create index on exchange.file (id) where kind = 'picture' and kept is null and not unfit;
create index on exchange.good using gin ((fact -> 'pictures'));
