-- What the cloud's public price list says, and what a subscription is offered. The list itself is nobody's secret, but
-- which lines are kept tells what an organization uses, and a sandbox's prices are not the cloud's: so both are
-- kept for each connection of each organization, like everything else that was read through it.

create table retail_prices (
  organization_id uuid not null references organizations(id),
  connection_id uuid not null references cloud_connections(id) on delete cascade,
  currency text not null,                -- ISO 4217
  region text not null,                  -- "westeurope"; "global" for what costs the same everywhere
  price_group text not null,             -- what was asked for together: virtual_machines, managed_disks…
  size text not null default '',         -- of virtual machines their ARM name; else ''
  read_at timestamptz not null,          -- by the business clock
  prices jsonb not null,                 -- every line as it was read; empty: the list has none
  primary key (organization_id, connection_id, currency, region, price_group, size)
);

create table compute_sizes (
  organization_id uuid not null references organizations(id),
  connection_id uuid not null references cloud_connections(id) on delete cascade,
  subscription_id text not null,         -- lower case; what it may use differs from others
  region text not null,
  read_at timestamptz not null,
  sizes jsonb not null,
  primary key (organization_id, connection_id, subscription_id, region)
);

do $$ declare t text; begin
  foreach t in array array['retail_prices', 'compute_sizes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
