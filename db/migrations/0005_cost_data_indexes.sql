-- Raw cost rows are found by delivery (all reading joins the published deliveries) or by series. Every further
-- index slows an import by a fifth, so the one by organization and time goes and the one by delivery gets the time.
drop index store.cost_data_organization_time;
drop index store.cost_data_delivery;
create index cost_data_delivery_time on store.cost_data(delivery_id, time);
