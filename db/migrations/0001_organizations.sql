-- Organizations, people and the audit log. Every tenant table carries organization_id and is guarded by
-- row-level security: the application role sees only rows of app.organization_id.

-- cloudoptima_app runs every statement of a tenant; cloudoptima_lookup owns the few functions that look
-- something up before the tenant is known. Neither can sign in. The login role needs CREATEROLE once, or an
-- administrator makes both and grants them to it.
do $$ declare r text; begin
  foreach r in array array['cloudoptima_app', 'cloudoptima_lookup'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant %I to current_user', r);
    end if;
  end loop;
end $$;
grant usage on schema public to cloudoptima_app, cloudoptima_lookup;

-- Null outside a tenant transaction, so a forgotten tenant sees nothing instead of everything.
create function current_organization() returns uuid language sql stable
  as $$ select nullif(current_setting('app.organization_id', true), '')::uuid $$;

create table organizations (
  id uuid primary key,
  name text not null unique,
  subscription_tier text not null default 'free',
  time_zone text not null default 'UTC',
  retention_exempt boolean not null default false,
  demo boolean not null default false,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table users (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  email text not null unique,
  name text not null,
  role text not null check (role in ('admin', 'member', 'viewer', 'auditor')),
  created_at timestamptz not null default now(),
  last_login timestamptz
);
create index users_organization on users(organization_id);

create table audit_log (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  user_id uuid,
  action text not null,
  outcome text not null check (outcome in ('done', 'failed', 'refused')),
  source text not null,
  resource_type text,
  resource_id text,
  details jsonb not null default '{}',
  ip_address inet,
  created_at timestamptz not null default now()
);
create index audit_log_organization_time on audit_log(organization_id, created_at desc);

alter table organizations enable row level security;
alter table organizations force row level security;
create policy tenant on organizations using (id = current_organization());
alter table users enable row level security;
alter table users force row level security;
create policy tenant on users using (organization_id = current_organization());
alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy tenant on audit_log using (organization_id = current_organization());

grant select, update on organizations to cloudoptima_app;
grant select, insert, update, delete on users to cloudoptima_app;
-- Append-only: the application can neither change nor remove what was audited.
grant select, insert on audit_log to cloudoptima_app;

-- Look-ups before the tenant is known (sign-in, the operator's terminal, first start). Row-level security is
-- forced for owners too, so these run as a role with policies of its own, and with a fixed search path.
create schema access;
grant usage, create on schema access to cloudoptima_lookup;
create policy lookup on organizations to cloudoptima_lookup using (true) with check (true);
create policy lookup on users for select to cloudoptima_lookup using (true);
grant select, insert on organizations to cloudoptima_lookup;
grant select on users to cloudoptima_lookup;

create function access.list_organizations() returns setof organizations
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select * from public.organizations order by demo, created_at, name $$;

create function access.find_user(wanted_email text) returns setof users
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select * from public.users where email = lower(wanted_email) $$;

-- True when it was made. One that exists already stays as it is, so that two starters can both ask.
create function access.create_organization(
  new_id uuid, new_name text, is_demo boolean, is_retention_exempt boolean
) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public
  as $$ begin
    insert into public.organizations (id, name, demo, retention_exempt)
    values (new_id, new_name, is_demo, is_retention_exempt)
    on conflict do nothing;
    return found;
  end $$;

do $$ declare f regprocedure; begin
  for f in select oid::regprocedure from pg_proc where pronamespace = 'access'::regnamespace loop
    execute format('alter function %s owner to cloudoptima_lookup', f);
  end loop;
end $$;
-- The owner's grants, made as the owner: only the login role may call them, never a tenant's transaction.
set local role cloudoptima_lookup;
revoke execute on all functions in schema access from public;
do $$ begin execute format('grant execute on all functions in schema access to %I', session_user); end $$;
reset role;
revoke create on schema access from cloudoptima_lookup;
