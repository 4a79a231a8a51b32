-- The cost of services by day and by month, without region and resource group: what most questions ask, and some
-- times fewer rows than the summaries that have these too.
do $$ declare unit text; summary text; begin
  foreach unit in array array['day', 'month'] loop
    summary := case unit when 'day' then 'daily_service_summary' else 'monthly_service_summary' end;
    execute format('create table store.%I (
      organization_id uuid not null,
      delivery_id bigint not null,
      %I date not null,
      provider text not null,
      sub_account_id text not null,
      sub_account_name text not null,
      service_name text not null,
      charge_category text not null,
      currency text not null,
      billed_cost numeric not null,
      effective_cost numeric not null,
      contracted_cost numeric not null,
      list_cost numeric not null,
      row_count bigint not null)', summary, unit);
    execute format('create index %I on store.%I(organization_id, %I)', summary || '_' || unit, summary, unit);
    execute format('create index %I on store.%I(delivery_id, %I)', summary || '_delivery', summary, unit);
    execute format('create view %I with (security_barrier) as
      select * from store.%I where organization_id = current_organization() with check option', summary, summary);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', summary);
    execute format('insert into store.%I
      select organization_id, delivery_id, date_trunc(%L, day)::date, provider, sub_account_id, max(sub_account_name),
        service_name, charge_category, currency, sum(billed_cost), sum(effective_cost), sum(contracted_cost),
        sum(list_cost), sum(row_count)
      from store.daily_cost_summary
      group by organization_id, delivery_id, date_trunc(%L, day)::date, provider, sub_account_id, service_name,
        charge_category, currency', summary, unit, unit);
  end loop;
end $$;
