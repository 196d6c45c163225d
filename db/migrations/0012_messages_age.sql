-- How long a message waits is counted by the database's own clock, whatever moment the act it tells about was at.
alter table messages.outbox add column written_at timestamptz not null default now();
