-- A phone shows a card's code as long as it is signed in: its key ends with the session it was given in. null: enrolled by staff or an app of its own.
alter table cards.device add column session_id bigint;
