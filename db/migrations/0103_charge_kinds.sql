-- What a charge is (usage, a purchase, a credit, ...) as a dimension of the summaries: each answer names what of it is
-- no plain usage, and without this it was read by series, day by day. Said once, here; a summary has it from here.
alter table cost_series add column charge_kind text not null generated always as (case
  when charge_category = 'Usage' and commitment_discount_status = 'Unused' then 'unused_commitment'
  -- Only what was bought, used or credited can be given back; a correction of a tax is still a tax.
  when charge_class = 'Correction' and charge_category in ('Usage', 'Purchase', 'Credit') then 'refund'
  when charge_category = 'Usage' then 'usage'
  when charge_category = 'Purchase' then 'purchase'
  when charge_category = 'Credit' then 'credit'
  when charge_category = 'Tax' then 'tax'
  else 'adjustment' end) stored;
drop index cost_series_named;
create index cost_series_named on cost_series(organization_id) where charge_kind <> 'usage';

-- The summaries of every organization are summed anew from what is stored by series.
alter table cost_series no force row level security;
do $$ declare name text; unit text; fine text; places text; begin
  foreach name in array array['daily_cost_summary', 'monthly_cost_summary', 'daily_service_summary',
    'monthly_service_summary']
  loop
    unit := case when name like 'daily%' then 'day' else 'month' end;
    fine := case unit when 'day' then 'cost_daily' else 'cost_monthly' end;
    places := case when name like '%cost_summary' then 'region, resource_group, ' else '' end;
    execute format('truncate store.%I', name);
    execute format('alter table store.%I add column charge_kind text not null', name);
    execute format('insert into store.%1$I (organization_id, delivery_id, %2$I, provider, sub_account_id,
        sub_account_name, service_name, %4$s charge_category, charge_kind, currency, billed_cost, effective_cost,
        contracted_cost, list_cost, row_count)
      select organization_id, delivery_id, %2$I, provider, sub_account_id, max(sub_account_name), service_name,
        %4$s charge_category, charge_kind, currency, sum(billed_cost), sum(effective_cost), sum(contracted_cost),
        sum(list_cost), sum(row_count)
      from (
        select f.*, s.provider, coalesce(s.sub_account_id, '''') as sub_account_id,
          coalesce(s.sub_account_name, '''') as sub_account_name, s.service_name, coalesce(s.region, '''') as region,
          coalesce(s.resource_group, '''') as resource_group, s.charge_category, s.charge_kind, s.currency
        from store.%3$I f join cost_series s on s.id = f.series_id
      ) facts
      group by organization_id, delivery_id, %2$I, provider, sub_account_id, service_name, %4$s charge_category,
        charge_kind, currency', name, unit, fine, places);
    execute format('grant insert (charge_kind) on store.%I to cloudoptima_app', name);
    execute format('create or replace view %1$I with (security_barrier) as
      select * from store.%1$I where organization_id = (select current_organization()) with check option', name);
  end loop;
end $$;
alter table cost_series force row level security;
