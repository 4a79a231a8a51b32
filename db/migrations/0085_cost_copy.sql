-- Cost rows come by COPY, which goes into no view: through a temporary table every row was written twice. Now the
-- application copies into the tables behind the tenant views. It may give every column but the organization: that
-- one the database fills with the transaction's own, and where there is none the row is refused as it lacks it.
-- Reading, changing and deleting remain with the views.
grant usage on schema store to cloudoptima_app;
do $$ declare name text; columns text; begin
  foreach name in array array['cost_data', 'cost_daily', 'cost_monthly', 'daily_cost_summary', 'monthly_cost_summary',
    'daily_service_summary', 'monthly_service_summary']
  loop
    execute format('alter table store.%I alter column organization_id set default current_organization()', name);
    select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
    where attrelid = format('store.%I', name)::regclass and attnum > 0 and not attisdropped
      and attname <> 'organization_id';
    execute format('grant insert (%s) on store.%I to cloudoptima_app', columns, name);
  end loop;
end $$;

-- No question reads raw rows by series: what a resource costs is in cost_daily and cost_monthly. In a load this index
-- cost more than all else that the server does with a row.
drop index store.cost_data_series_time;
