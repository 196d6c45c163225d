-- A code for a child's representative says so, and waits behind no mailing either.
drop index messages.outbox_id_idx1;
create index on messages.outbox (id) where state = 'queued' and template in ('confirmation_code', 'representative_code');
