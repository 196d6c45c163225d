-- Staff may choose a thing's pictures; then they are shown instead of those its source sends, which are remembered and come back when staff let go.
alter table catalog.product_group add column chosen_pictures jsonb;
