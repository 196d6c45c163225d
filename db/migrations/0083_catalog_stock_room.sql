-- A shop's stock is counted anew as a whole, so every row of a page gets a new version at once. With half a page free the new ones stand beside the old ones, indexes stay as
-- they are, and the next count takes the room of those gone: a third of what the disk had to take, for a table of a gigabyte at eleven million rows.
alter table catalog.stock set (fillfactor = 50);
