-- As 0102_series_tenant_once.sql for the costs: the inventory is read whole by each count beside its page, and a change
-- of the estate, what hangs on what and metrics by the series; asking for the organization row by row was half of it.
do $$ declare name text; begin
  foreach name in array array['resources', 'resource_changes', 'resource_relationships', 'metric_series'] loop
    execute format('alter policy tenant on %I using (organization_id = (select current_organization()))', name);
  end loop;
end $$;
