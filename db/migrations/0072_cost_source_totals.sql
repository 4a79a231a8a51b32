-- What the source itself said a delivery comes to, by day, service and currency: kept when it is read, apart
-- from the rows and the sums made of them, so that what is stored can be reconciled with it later.
create table cost_source_totals (
  organization_id uuid not null references organizations(id),
  delivery_id bigint not null,
  day date not null,
  service_name text not null,
  currency text not null,
  row_count bigint not null,
  billed_cost numeric not null,
  effective_cost numeric not null,
  primary key (organization_id, delivery_id, day, service_name, currency)
);
alter table cost_source_totals enable row level security;
alter table cost_source_totals force row level security;
create policy tenant on cost_source_totals using (organization_id = current_organization());
grant select, insert, update, delete on cost_source_totals to cloudoptima_app;
