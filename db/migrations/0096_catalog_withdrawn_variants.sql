-- A shade or a size that is sold no more leaves its thing's page and stays in the catalogue: nothing is deleted, and it shows itself again when its source names it.
alter table catalog.product add column hidden boolean not null default false;
