-- Who leaves the programme may give what is available to somebody else: a kind of its own, so that both statements say so.
alter type ledger.kind add value 'gift';
