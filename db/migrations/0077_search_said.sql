-- How people say or misspell a brand is known so that the brand is found by it; it is no word to offer to somebody who types.

alter table search.word add column said boolean not null default false;
