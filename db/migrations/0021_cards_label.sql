-- What a member calls a card, «мамина»: theirs alone, so it lies sealed.
alter table cards.card add column label_sealed bytea;
