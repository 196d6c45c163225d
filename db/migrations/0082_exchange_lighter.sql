-- What a source said of a good is long, and stays while its marks change with every exchange (when it was named, whether the catalogue has it). Kept apart from the row,
-- it is not written again with each mark: an import writes a tenth less to the disk tills wait for.
alter table exchange.good alter column fact set storage external;
alter table exchange.good set (toast_tuple_target = 128);

-- Which products the offers of a count are is asked once for all shops: small numbers instead of the source's ids.
alter table exchange.staged_offers add column products int[]; -- in the order of the offers; null in it: nobody knows such a thing
grant update on exchange.staged_offers to mila_app;
