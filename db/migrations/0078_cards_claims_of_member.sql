-- A person's card page says how their claims stand.
create index on cards.claim (member_id);
