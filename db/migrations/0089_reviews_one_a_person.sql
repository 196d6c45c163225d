-- A person says one thing of a thing, under whichever of their memberships: when two become one, of two reviews one is read, and the other gives way and
-- remembers what it was, for the two may come apart again. Whoever leaves says before what becomes of their words; comments go with who wrote them.

alter table reviews.review
  add column gave_way_as text check (gave_way_as in ('waiting', 'published', 'refused')),
  drop constraint review_check,
  add constraint review_gave_way check (gave_way_as is null or state = 'withdrawn'),
  add constraint review_reason check ((reason is not null) = (state = 'refused' or coalesce(gave_way_as = 'refused', false)));

create table reviews.parting (
  member_id bigint  primary key,
  keeps     boolean not null     -- published reviews stay, without their author; else they go
);
grant select, insert, update, delete on reviews.parting to mila_app;
grant delete on reviews.comment to mila_app;
