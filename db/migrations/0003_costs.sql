-- Cost in FOCUS terms. A delivery is one billing account's billing period as one file or scan brought it;
-- a newer delivery replaces it. Rows are loaded under an unpublished delivery and become visible by one flip
-- of its status, so a reader never sees half a load.

create table cost_deliveries (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  connection_id uuid not null references cloud_connections(id),
  import_id uuid not null,               -- the load that brought it (one file, one scan)
  source text not null,                  -- file name or provider scope, for provenance
  provider text not null,
  billing_account_id text not null,
  scope text not null default '',        -- sub account, where one account's period arrives in parts by scope
  period_start date not null,            -- billing period, half-open, UTC
  period_end date not null,
  content_hash text not null,            -- order-independent hash of the rows: csv, gz and parquet agree
  row_count bigint not null,
  status text not null check (status in ('loading', 'published', 'superseded')),
  loaded_at timestamptz not null
);
create unique index cost_deliveries_one_published
  on cost_deliveries(organization_id, provider, billing_account_id, scope, period_start)
  where status = 'published';

-- One row per distinct combination of dimensions: what a cost is for. Facts point at it by number.
create table cost_series (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  series_hash text not null,
  provider text not null,
  billing_account_id text not null,
  sub_account_id text,
  sub_account_name text,
  service_name text not null,
  service_category text,
  region text,                           -- normalized region id, e.g. westeurope, us-west-2
  resource_group text,
  resource_id text,                      -- as delivered, lower case for Azure
  resource_name text,
  resource_type text,
  charge_category text not null,         -- Usage, Purchase, Tax, Credit, Adjustment
  commitment_discount_id text,
  commitment_discount_type text,
  commitment_discount_status text,
  pricing_category text,
  currency text not null,
  tags jsonb not null default '{}',
  unique (organization_id, series_hash)
);
create index cost_series_resource on cost_series(organization_id, resource_id);

create table store.cost_data (
  time timestamptz not null,             -- charge period start
  period_end timestamptz not null,
  organization_id uuid not null,
  delivery_id bigint not null,
  series_id bigint not null,
  content_hash text not null,
  occurrence integer not null,           -- n-th row with this content in its delivery
  billed_cost numeric not null,
  effective_cost numeric not null,
  contracted_cost numeric,
  list_cost numeric,
  consumed_quantity numeric,
  consumed_unit text,
  charge_description text,
  sku_id text
);
create index cost_data_organization_time on store.cost_data(organization_id, time desc);
create index cost_data_series_time on store.cost_data(series_id, time desc);
create index cost_data_delivery on store.cost_data(delivery_id);

-- Kept by ingest, in the same transaction order as the rows they sum.
-- cost_daily, cost_monthly: by series, for resource, tag and drill-down questions.
create table store.cost_daily (
  organization_id uuid not null,
  delivery_id bigint not null,
  day date not null,
  series_id bigint not null,
  billed_cost numeric not null,
  effective_cost numeric not null,
  contracted_cost numeric not null,
  list_cost numeric not null,
  row_count bigint not null,
  primary key (organization_id, day, series_id, delivery_id)
);
create index cost_daily_delivery on store.cost_daily(delivery_id);
create table store.cost_monthly (
  organization_id uuid not null,
  delivery_id bigint not null,
  month date not null,                   -- first day
  series_id bigint not null,
  billed_cost numeric not null,
  effective_cost numeric not null,
  contracted_cost numeric not null,
  list_cost numeric not null,
  row_count bigint not null,
  primary key (organization_id, month, series_id, delivery_id)
);
create index cost_monthly_delivery on store.cost_monthly(delivery_id);
-- daily_cost_summary: by the small dimensions, for dashboards and trends.
create table store.daily_cost_summary (
  organization_id uuid not null,
  delivery_id bigint not null,
  day date not null,
  provider text not null,
  sub_account_id text not null,          -- '' where there is none
  sub_account_name text not null,
  service_name text not null,
  region text not null,
  resource_group text not null,
  charge_category text not null,
  currency text not null,
  billed_cost numeric not null,
  effective_cost numeric not null,
  contracted_cost numeric not null,
  list_cost numeric not null,
  row_count bigint not null
);
create index daily_cost_summary_day on store.daily_cost_summary(organization_id, day);
create index daily_cost_summary_delivery on store.daily_cost_summary(delivery_id);

create view cost_data with (security_barrier) as
  select * from store.cost_data where organization_id = current_organization() with check option;
create view cost_daily with (security_barrier) as
  select * from store.cost_daily where organization_id = current_organization() with check option;
create view cost_monthly with (security_barrier) as
  select * from store.cost_monthly where organization_id = current_organization() with check option;
create view daily_cost_summary with (security_barrier) as
  select * from store.daily_cost_summary where organization_id = current_organization() with check option;

do $$ declare t text; begin
  foreach t in array array['cost_deliveries', 'cost_series'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
  foreach t in array array['cost_data', 'cost_daily', 'cost_monthly', 'daily_cost_summary'] loop
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
