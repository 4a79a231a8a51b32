-- Policies as people write them, and the resources that broke them.

create table policies (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  name text not null,
  description text,
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  policy_yaml text not null,             -- as it was written: name, description and severity are read from it
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organization_id, id)
);
create unique index policies_name on policies(organization_id, lower(name));

create table policy_violations (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  policy_id uuid not null,
  resource_id text not null,             -- the provider's full id, lower case
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  status text not null default 'open' check (status in ('open', 'resolved', 'ignored')),
  details jsonb not null default '{}',   -- { "problems": [...] }
  detected_at timestamptz not null,
  resolved_at timestamptz,
  foreign key (organization_id, policy_id) references policies(organization_id, id) on delete cascade,
  check ((status = 'resolved') = (resolved_at is not null))
);
-- A resource breaks a policy once at a time; what was resolved before stays as history.
create unique index policy_violations_current on policy_violations(organization_id, policy_id, resource_id)
  where status <> 'resolved';
create index policy_violations_resource on policy_violations(organization_id, resource_id);
create index policy_violations_newest on policy_violations(organization_id, status, detected_at desc);

do $$ declare t text; begin
  foreach t in array array['policies', 'policy_violations'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
