-- What the chain sold, by day and sku, so that what people buy most is known without reading two months of receipts every night. A day is counted from the
-- receipts that came in it; the last days are counted anew every night, for what was released, cancelled or settled late.

create table tills.sold_day (
  day        date primary key,            -- in Minsk, by when a receipt came to us
  counted_at timestamptz not null
);
create table tills.sold (
  day   date   not null,                  -- of sold_day; a foreign key would ask for each of its thousands of rows
  sku   text   not null,
  milli bigint not null check (milli <> 0), -- thousandths of a piece; what came back is taken off on the day it came
  primary key (day, sku)
);
grant select, insert, update, delete on tills.sold_day, tills.sold to mila_app;

-- receipts lie in the order they came: a few kilobytes say where a day begins, and a till pays nothing for it
create index receipt_recorded on tills.receipt using brin (recorded_at) with (pages_per_range = 64, autosummarize = on);
