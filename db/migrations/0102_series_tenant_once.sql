-- As 0100_tenant_once.sql for the views: what the costs are for is read whole by most questions, and asking for the
-- organization row by row was most of that reading.
do $$ declare name text; begin
  foreach name in array array['cost_series', 'cost_deliveries'] loop
    execute format('alter policy tenant on %I using (organization_id = (select current_organization()))', name);
  end loop;
end $$;
