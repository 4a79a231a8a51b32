-- What corrects an earlier billing period's charge (FOCUS ChargeClass "Correction"), such as a refund: told apart from
-- the purchases and usage whose category it has.
alter table cost_series add column charge_class text;
-- The few series that every answer names apart from plain usage.
create index cost_series_named on cost_series(organization_id)
  where charge_category <> 'Usage' or commitment_discount_status = 'Unused' or charge_class is not null;
