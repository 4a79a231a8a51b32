-- Replaced deliveries are deleted in batches by time and series: these indexes find the batch's days, as
-- cost_data_delivery_time does for the rows. (They end there, since a wider index slows an import by a fifth.)
create index cost_daily_delivery_day on store.cost_daily(delivery_id, day);
drop index store.cost_daily_delivery;
create index daily_cost_summary_delivery_day on store.daily_cost_summary(delivery_id, day);
drop index store.daily_cost_summary_delivery;
