-- How far back a metric was asked for. The first scan reads the newest days of most metrics, later scans the older
-- ones; a resource that did not exist then has no older points, and must not be asked for them at every scan.
alter table metric_series add column read_from date; -- null: no further than its first day
