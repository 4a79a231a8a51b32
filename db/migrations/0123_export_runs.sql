-- When the newest of the export runs behind a delivery was submitted, by its manifest: an older run that is delivered
-- later, or is left when a newer one was removed, must not take a newer one's place. Null: not from exports.
alter table cost_deliveries add column submitted_at timestamptz;
