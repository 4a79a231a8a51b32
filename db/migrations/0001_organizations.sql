-- Organizations, people and the audit log. Every tenant table carries organization_id and is guarded by
-- row-level security: the application role sees only rows of app.organization_id.

do $$ begin
  if not exists (select from pg_roles where rolname = 'cloudoptima_app') then
    create role cloudoptima_app nologin;
  end if;
end $$;
grant cloudoptima_app to current_user;
grant usage on schema public to cloudoptima_app;

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
