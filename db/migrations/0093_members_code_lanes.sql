-- Codes that strangers ask for and codes that the owner asks for, on a device or in a session of theirs, are counted apart: nobody is kept out of their
-- account by somebody who has typed their number. Null: a stranger asked.
alter table members.code add column lane_hash bytea check (octet_length(lane_hash) = 32);
