-- One barcode may stand on several things: shades a maker gave one code, a set and what is in it. Which of them is meant is asked of whoever checks a price; none of them stays
-- out of the shop for it.
alter table catalog.barcode drop constraint barcode_pkey, add primary key (ean, sku);
