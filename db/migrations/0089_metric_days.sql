-- Metrics by series and day: one row has the 24 hours of a metric. A row an hour repeated the resource's whole id in
-- row and key, some 400 bytes a value: 20,000 resources came to more rows than could be written or judged.

create table metric_series (
  id integer generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  resource_id text not null,             -- the provider's full id, lower case
  metric_name text not null,             -- cpu_percent, network_out_bytes, ...
  aggregation text not null,             -- average, maximum, total
  unit text not null,
  unique (organization_id, resource_id, metric_name, aggregation)
);
alter table metric_series enable row level security;
alter table metric_series force row level security;
create policy tenant on metric_series using (organization_id = current_organization());
grant select, insert, update, delete on metric_series to cloudoptima_app;

create table store.metric_days (
  organization_id uuid not null,
  series_id integer not null,
  day date not null,                     -- UTC
  hours double precision[] not null -- null: nothing was measured
    check (array_ndims(hours) = 1 and array_length(hours, 1) = 24),
  primary key (organization_id, series_id, day)
);
-- Days come in by time, so their blocks are by time: what is past its days is found without reading the rest.
create index metric_days_day on store.metric_days using brin(day) with (autosummarize = on);
create view metric_days with (security_barrier) as
  select * from store.metric_days where organization_id = current_organization()
  with check option;
grant select, insert, update, delete on metric_days to cloudoptima_app;

insert into metric_series (organization_id, resource_id, metric_name, aggregation, unit)
select organization_id, resource_id, metric_name, aggregation, min(unit)
from store.resource_metrics group by 1, 2, 3, 4;

insert into store.metric_days (organization_id, series_id, day, hours)
select organization_id, series_id, day,
  (select array_agg(value[array_position(hour, h)] order by h) from generate_series(0, 23) h)
from (
  select m.organization_id, s.id as series_id, (m.time at time zone 'UTC')::date as day,
    array_agg(extract(hour from m.time at time zone 'UTC')::int order by m.time) as hour,
    array_agg(m.value order by m.time) as value
  from store.resource_metrics m
  join metric_series s using (organization_id, resource_id, metric_name, aggregation)
  group by 1, 2, 3
) known;

drop view resource_metrics;
drop table store.resource_metrics;

-- A row an hour, to read. What is written goes into metric_days.
create view resource_metrics with (security_barrier) as
  select (d.day + (h.hour - 1) * interval '1 hour') at time zone 'UTC' as time, d.organization_id, s.resource_id,
    s.metric_name, s.aggregation, h.value, s.unit
  from store.metric_days d
  join metric_series s on s.id = d.series_id and s.organization_id = d.organization_id
  cross join lateral unnest(d.hours) with ordinality as h(value, hour)
  where d.organization_id = current_organization() and h.value is not null;
grant select on resource_metrics to cloudoptima_app;
