-- Somebody leaves the programme: what they had is cancelled under a kind of its own, so that a statement and an accountant can tell it from a correction.
alter type ledger.kind add value 'leave';
