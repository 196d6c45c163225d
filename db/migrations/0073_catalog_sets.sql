-- A thing's page names the sets it is part of: found by what they hold. Few groups are sets, so the index is small.
create index product_group_made_of on catalog.product_group using gin (made_of jsonb_path_ops) where made_of <> '[]';
