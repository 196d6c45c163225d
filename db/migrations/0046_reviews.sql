-- What buyers say of goods. A member says one thing of one product group, after buying it; a person looks at it before others see it; a refusal has its
-- reason and may be appealed. The name of who wrote is read from the member when it is shown and kept nowhere here.

create schema reviews;
grant usage on schema reviews to mila_app;

create table reviews.review (
  id          bigint generated always as identity primary key,
  group_no    bigint      not null,
  member_id   bigint      not null,
  receipt_id  text        not null,                 -- the purchase that proves it
  stars       smallint    not null check (stars between 1 and 5),
  text        text        not null check (char_length(text) <= 4000),
  state       text        not null check (state in ('waiting', 'published', 'refused', 'withdrawn')),
  held        text,                                 -- what a rule noticed, for the moderator
  reason      text,                                 -- why it was refused
  written_at  timestamptz not null,
  changed_at  timestamptz not null,
  decided_at  timestamptz,
  decided_by  text,
  appeal      text        check (char_length(appeal) <= 2000),
  appealed_at timestamptz,
  answer      text        check (char_length(answer) <= 2000),
  answered_at timestamptz,
  answered_by text,
  helpful     int         not null default 0 check (helpful >= 0),
  check ((state = 'refused') = (reason is not null)),
  check ((appeal is null) = (appealed_at is null)),
  check ((answer is null) = (answered_at is null))
);
create unique index one_review_a_member on reviews.review (group_no, member_id) where state <> 'withdrawn';
create index on reviews.review (group_no, written_at desc) where state = 'published';
create index on reviews.review (id) where state = 'waiting';
create index on reviews.review (member_id, written_at);
grant select, insert, update on reviews.review to mila_app;

create table reviews.photo (
  review_id bigint   not null references reviews.review,
  place     smallint not null check (place between 0 and 3),
  image     bytea    not null check (octet_length(image) <= 1000000),   -- WebP, made anew: nothing of the file that was sent is left in it
  width     int      not null,
  height    int      not null,
  primary key (review_id, place)
);
grant select, insert, delete on reviews.photo to mila_app;

create table reviews.vote (
  review_id bigint not null references reviews.review,
  member_id bigint not null,
  primary key (review_id, member_id)
);
grant select, insert, delete on reviews.vote to mila_app;

create table reviews.comment (
  id         bigint generated always as identity primary key,
  review_id  bigint      not null references reviews.review,
  member_id  bigint      not null,
  text       text        not null check (char_length(text) between 1 and 1000),
  state      text        not null check (state in ('waiting', 'published', 'refused')),
  written_at timestamptz not null,
  decided_at timestamptz,
  decided_by text
);
create index on reviews.comment (review_id, id) where state = 'published';
create index on reviews.comment (id) where state = 'waiting';
create index on reviews.comment (member_id, written_at);
grant select, insert, update on reviews.comment to mila_app;
