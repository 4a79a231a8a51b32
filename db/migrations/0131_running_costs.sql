-- Days of a month that no month's sum holds, by resource or tag, were summed day by day: a row per resource and day.
-- Of running totals each such part of a month is the difference of two. An element belongs to a day with cost (a set
-- bit, the month's first day leftmost) and holds what the month came to until the end of that day. What most questions
-- group by stands beside them: the currency, and a hash of the resource, so that no text and no series is looked at.
create table store.cost_running (
  organization_id uuid not null default current_organization(),
  delivery_id bigint not null,
  month date not null,                   -- first day
  series_id bigint not null,
  currency text not null,
  resource_hash uuid not null,           -- md5 of the resource's id, '' for none
  days bit(31) not null,
  billed_cost numeric[],                 -- null where it equals the effective cost on every day
  effective_cost numeric[] not null,
  row_count integer[],                   -- null where each of the days has one row
  primary key (delivery_id, month, series_id),
  check (bit_count(days) = cardinality(effective_cost)
    and coalesce(cardinality(billed_cost), cardinality(effective_cost)) = cardinality(effective_cost)
    and coalesce(cardinality(row_count), cardinality(effective_cost)) = cardinality(effective_cost))
);
create view cost_running with (security_barrier) as
  select * from store.cost_running where organization_id = (select current_organization()) with check option;
grant select, insert, update, delete on cost_running to cloudoptima_app;
grant insert (delivery_id, month, series_id, currency, resource_hash, days, billed_cost, effective_cost, row_count)
  on store.cost_running to cloudoptima_app;

alter table cost_series no force row level security;
alter table cost_deliveries no force row level security;
-- A load of the version before would publish its costs without these.
update cost_deliveries set status = 'superseded' where status = 'loading';
insert into store.cost_running (organization_id, delivery_id, month, series_id, currency, resource_hash, days,
  billed_cost, effective_cost, row_count)
select sums.organization_id, sums.delivery_id, sums.month, sums.series_id, s.currency,
  md5(coalesce(s.resource_id, ''))::uuid, sums.days,
  case when sums.billed_cost <> sums.effective_cost then sums.billed_cost end, sums.effective_cost,
  case when sums.most_rows > 1 then sums.row_count end
from (
  select organization_id, delivery_id, month, series_id,
    bit_or(set_bit(0::bit(31), extract(day from day)::int - 1, 1)) as days,
    array_agg(billed_cost order by day) as billed_cost, array_agg(effective_cost order by day) as effective_cost,
    array_agg(row_count order by day) as row_count, max(of_day) as most_rows
  from (
    select d.organization_id, d.delivery_id, date_trunc('month', d.day)::date as month, d.series_id, d.day,
      sum(d.billed_cost) over so_far as billed_cost, sum(d.effective_cost) over so_far as effective_cost,
      (sum(d.row_count) over so_far)::int as row_count, d.row_count as of_day
    from store.cost_daily d
    window so_far as (partition by d.organization_id, d.delivery_id, d.series_id, date_trunc('month', d.day)
      order by d.day)
  ) so_far
  group by organization_id, delivery_id, month, series_id
) sums
join cost_series s on s.id = sums.series_id;
alter table cost_series force row level security;
alter table cost_deliveries force row level security;
