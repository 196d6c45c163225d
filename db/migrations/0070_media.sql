-- Photographs of goods, made anew from what was sent (A49): decoded, turned upright and written again, so that nothing else the file held is kept. Known by their own
-- print, so that the same picture is kept once. Sizes are made when first asked for.

create schema media;
grant usage on schema media to mila_app;

create table media.picture (
  print   text  primary key check (print ~ '^[0-9a-f]{32}$'),
  width   int   not null check (width > 0),
  height  int   not null check (height > 0),
  bytes   bytea not null, -- WebP
  made_at timestamptz not null
);
alter table media.picture alter column bytes set storage external; -- packed already
grant select, insert, delete on media.picture to mila_app;

create table media.rendition (
  print text  not null references media.picture on delete cascade,
  width int   not null,
  type  text  not null check (type in ('avif', 'webp', 'jpeg')),
  bytes bytea not null,
  primary key (print, width, type)
);
alter table media.rendition alter column bytes set storage external;
grant select, insert, delete on media.rendition to mila_app;
