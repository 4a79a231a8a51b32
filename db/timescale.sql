-- What TimescaleDB adds, applied once where its extension can be used (migrate.ts); each statement was run on
-- TimescaleDB 2.23 (timescale.test.ts). Without the extension the same relations are plain tables.
--
-- Row-level security excludes compression, so the hypertables have none and no grant: as on every engine the
-- application reads and writes them through the tenant views alone.
--
-- The daily sums stay those that ingest keeps, in place of a continuous aggregate: sums by ingest appear with their
-- delivery in one flip and tie out, while an aggregate shows a re-delivered month only after its next refresh.
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
