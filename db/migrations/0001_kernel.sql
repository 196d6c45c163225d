-- What every module shares: the role the programs act as, and the jobs that acts leave for the worker.

do $$ begin
  if not exists (select from pg_roles where rolname = 'mila_app') then
    create role mila_app nologin;
  end if;
exception when insufficient_privilege then
  raise exception 'role mila_app is missing and % may not create it: a superuser runs  create role mila_app nologin; grant mila_app to %;', current_user, current_user;
end $$;

do $$ begin
  if not pg_has_role(current_user, 'mila_app', 'member') then
    execute format('grant mila_app to %I', current_user);
  end if;
end $$;

grant usage on schema kernel to mila_app;
grant select on kernel.migration to mila_app;

create table kernel.job (
  id      bigint generated always as identity primary key,
  name    text        not null,
  data    jsonb       not null,
  left_at timestamptz not null default now()
);
grant select, insert, update, delete on kernel.job to mila_app;

-- What must never be changed: rows are added and stay, against the owner's hand too. One guard for every such table.
create function kernel.refuse_change() returns trigger language plpgsql
  as $$ begin raise exception '%', tg_argv[0] using errcode = '55000'; end $$;

create function kernel.append_only(kept regclass, saying text) returns void language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function kernel.refuse_change(%L)', kept, saying);
  execute format('create trigger never_emptied before truncate on %s execute function kernel.refuse_change(%L)', kept, saying);
end $$;
