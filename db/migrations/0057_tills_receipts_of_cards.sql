-- Whoever attaches a plastic card that was shown before it was anybody's proves it by its last receipt, and has its receipts.
create index receipt_of_nobodys_card on tills.receipt (card_id, sold_at desc) where member_id is null and card_id is not null;
