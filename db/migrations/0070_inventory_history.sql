-- What changed in the inventory, what belongs to what, and how each scan went.

create table resource_changes (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  resource_id text not null,             -- the provider's full id, lower case
  changed_at timestamptz not null,       -- when a scan saw it, by the business clock
  kind text not null check (kind in ('created', 'updated', 'gone', 'returned')),
  field text,                            -- status, region, tags.Owner, hardwareProfile.vmSize; null: the resource itself
  category text check (category in ('tag', 'status', 'region', 'size', 'tier', 'attachment', 'property')),
  from_value text,                       -- null: there was none
  to_value text,
  check ((field is null) = (category is null))
);
create index resource_changes_resource on resource_changes(organization_id, resource_id, changed_at desc, id desc);

create table resource_relationships (
  organization_id uuid not null references organizations(id),
  source_id text not null,               -- the resource whose properties say so; its scan replaces the row
  from_id text not null,                 -- depends on to_id
  to_id text not null,                   -- a resource id, or the address of a disk that is a blob
  kind text not null,
  primary key (organization_id, source_id, from_id, to_id, kind)
);
create index resource_relationships_from on resource_relationships(organization_id, from_id);
create index resource_relationships_to on resource_relationships(organization_id, to_id);

create table scans (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  connection_id uuid not null references cloud_connections(id) on delete cascade,
  kind text not null check (kind in ('full', 'incremental')),
  status text not null check (status in ('running', 'done', 'partial', 'failed', 'interrupted')),
  resumes uuid,                          -- the interrupted scan that this one went on from
  started_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz,
  percent integer not null default 0 check (percent between 0 and 100),
  phases jsonb not null default '[]',
  counts jsonb not null default '{}',
  failures jsonb not null default '[]'
);
create index scans_connection on scans(organization_id, connection_id, started_at desc);
-- Two scans of one connection never run together, whoever forgets to take the lease.
create unique index scans_one_running on scans(organization_id, connection_id) where status = 'running';

-- How far each subscription's inventory is known: from here an incremental scan goes on.
create table inventory_marks (
  organization_id uuid not null references organizations(id),
  connection_id uuid not null references cloud_connections(id) on delete cascade,
  subscription_id text not null,
  full_at timestamptz not null,          -- start of the last complete listing
  known_until timestamptz not null,      -- changes before this are in
  primary key (organization_id, connection_id, subscription_id)
);

do $$ declare t text; begin
  foreach t in array array['resource_changes', 'resource_relationships', 'scans', 'inventory_marks'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
