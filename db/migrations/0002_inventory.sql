-- Cloud connections, the resource inventory, metrics and recommendations.

create schema store;  -- time series: no grant for the application, which reads them through tenant views

create table cloud_connections (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  cloud_provider text not null check (cloud_provider in ('azure', 'aws', 'gcp', 'oci', 'other')),
  connection_name text not null,
  kind text not null default 'azure' check (kind in ('azure', 'sandbox', 'focus')),
  credentials_encrypted text,
  subscription_id text,
  account_id text,
  project_id text,
  settings jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'error', 'disconnected')),
  last_sync timestamptz,
  created_at timestamptz not null default now(),
  unique (organization_id, connection_name)
);

create table resources (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  connection_id uuid not null references cloud_connections(id),
  cloud_provider text not null,
  resource_type text not null,           -- lower case, e.g. microsoft.compute/virtualmachines
  resource_id text not null,             -- the provider's full id, lower case
  name text not null,
  subscription_id text not null,
  region text,
  resource_group text,
  tags jsonb not null default '{}',
  properties jsonb not null default '{}',
  status text,                           -- power or provisioning state, as the provider says it
  discovered_at timestamptz not null,
  last_updated timestamptz not null,
  last_seen timestamptz not null,
  gone_at timestamptz,                   -- marked, never removed, when a full scan no longer finds it
  unique (organization_id, resource_id)
);
create index resources_organization_type on resources(organization_id, resource_type);
create index resources_tags on resources using gin(tags);

create table store.resource_metrics (
  time timestamptz not null,
  organization_id uuid not null,
  resource_id text not null,             -- the provider's full id, lower case
  metric_name text not null,             -- cpu_percent, network_out_bytes, ...
  aggregation text not null,             -- average, maximum, total
  value double precision not null,
  unit text not null,
  primary key (organization_id, resource_id, metric_name, aggregation, time)
);
create view resource_metrics with (security_barrier) as
  select * from store.resource_metrics where organization_id = current_organization()
  with check option;

create table recommendations (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  resource_id text not null,             -- the provider's full id, lower case
  type text not null,
  title text not null,
  description text not null,
  impact text not null check (impact in ('high', 'medium', 'low')),
  effort text not null check (effort in ('easy', 'medium', 'hard')),
  risk_level text not null check (risk_level in ('high', 'medium', 'low')),
  monthly_savings numeric,               -- null: the saving cannot be told from the data
  annual_savings numeric,
  currency text,
  confidence numeric not null,
  status text not null default 'open'
    check (status in ('open', 'in_progress', 'implemented', 'dismissed', 'expired')),
  evidence jsonb not null default '[]',
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index recommendations_one_open on recommendations(organization_id, resource_id, type)
  where status in ('open', 'in_progress');
create index recommendations_savings on recommendations(organization_id, status, annual_savings desc);

do $$ declare t text; begin
  foreach t in array array['cloud_connections', 'resources', 'recommendations'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
grant select, insert, update, delete on resource_metrics to cloudoptima_app;
