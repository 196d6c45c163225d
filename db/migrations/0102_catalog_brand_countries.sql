-- A brand's country follows from what most of its goods say, unless somebody has told it.
alter table catalog.brand add column country_told boolean not null default false;
update catalog.brand set country_told = true where country is not null;
