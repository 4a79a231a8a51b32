-- What makes questions about cost quick on millions of rows.

-- monthly_cost_summary: whole months by the small dimensions, as daily_cost_summary has the days. Without it a
-- year by service reads a row per resource and month.
create table store.monthly_cost_summary (
  organization_id uuid not null,
  delivery_id bigint not null,
  month date not null,                   -- first day
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
create index monthly_cost_summary_month on store.monthly_cost_summary(organization_id, month);
create index monthly_cost_summary_delivery on store.monthly_cost_summary(delivery_id, month);
create view monthly_cost_summary with (security_barrier) as
  select * from store.monthly_cost_summary where organization_id = current_organization() with check option;
grant select, insert, update, delete on monthly_cost_summary to cloudoptima_app;

insert into store.monthly_cost_summary
select organization_id, delivery_id, date_trunc('month', day)::date, provider, sub_account_id, max(sub_account_name),
  service_name, region, resource_group, charge_category, currency, sum(billed_cost), sum(effective_cost),
  sum(contracted_cost), sum(list_cost), sum(row_count)
from store.daily_cost_summary
group by organization_id, delivery_id, date_trunc('month', day)::date, provider, sub_account_id, service_name, region,
  resource_group, charge_category, currency;

-- It only reads a setting, which parallel workers are given too: unmarked, it kept every question on one core.
alter function current_organization() parallel safe;
