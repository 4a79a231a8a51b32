-- What TimescaleDB adds, applied once where its extension can be used (migrate.ts); each statement was run on
-- TimescaleDB 2.23 (timescale.test.ts). Without the extension the same relations are plain tables.
--
-- Row-level security excludes compression, so the hypertables have none: as on every engine the application reads
-- and changes them through the tenant views alone. Costs it may also copy in, but the organization of a row is
-- given by the database and not by who copies (0085_cost_copy.sql).
--
-- The daily sums stay those that ingest keeps, in place of a continuous aggregate. Weighed and turned down:
-- * An aggregate sums rows of one hypertable. What daily_cost_summary is by (service, region, subscription...) is in
--   cost_series, and an aggregate that joins another table is not told when that one changes; without the join it
--   would be by series and day, as many rows as cost_daily, and no summary.
-- * Which rows count is decided in cost_deliveries. By delivery it can be grouped, so that the flip stays right; but
--   months that a new delivery brings, older than its watermark, it shows only after its next refresh (real-time
--   aggregation adds what lies after the watermark alone). Until then a question answers short, and no load may be
--   published before the policy has run: sums by ingest are there in the moment of the flip, and tie out before it.
-- * A replaced delivery's rows would have to be refreshed away, month by month, for each correction of a month.
create extension if not exists timescaledb;

select create_hypertable('store.cost_data', by_range('time', interval '1 month'), migrate_data => true);
alter table store.cost_data set (
  timescaledb.compress,
  timescaledb.compress_segmentby = 'organization_id, delivery_id',
  timescaledb.compress_orderby = 'series_id, time desc'
);
-- Costs are corrected for about two months after theirs; what is older is only read, or replaced as a whole.
select add_compression_policy('store.cost_data', compress_after => interval '3 months');

select create_hypertable('store.metric_days', by_range('day', interval '7 days'), migrate_data => true);
alter table store.metric_days set (
  timescaledb.compress,
  timescaledb.compress_segmentby = 'organization_id',
  timescaledb.compress_orderby = 'series_id, day'
);
select add_compression_policy('store.metric_days', compress_after => interval '14 days');
-- As long as the daily job keeps them; whole chunks go without a scan. Costs have no such policy: some organizations
-- keep theirs (organizations.retention_exempt), which a chunk of all of them cannot tell.
select add_retention_policy('store.metric_days', drop_after => interval '90 days');
