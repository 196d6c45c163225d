-- A staff key ends. A person's rests fifteen minutes at most and lives a working day; a machine's lives a year and rests forty-five days, for 1C asks when it asks; a
-- demo's opens doors of a demo alone. All by the clock of this database: no program's clock makes a key older or younger. What is there already begins to count now.
alter table staff.key
  add column kind         text        not null default 'person' check (kind in ('person', 'machine', 'demo')),
  add column last_used_at timestamptz not null default now(),
  add column ends_at      timestamptz not null default now() + interval '12 hours';

update staff.key
set kind = 'demo', ends_at = now() + interval '366 days'
where label = 'demo' and exists (select from staff.audit where object = 'demo' and action = 'demo.begin');

update staff.key
set kind = 'machine', ends_at = now() + interval '366 days'
from staff.person
where person.id = key.staff_id and key.kind = 'person' and person.permissions = array['exchange.send'];
