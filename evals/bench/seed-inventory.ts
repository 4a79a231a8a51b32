import type { Pool } from "pg";

const types = [
  "microsoft.compute/virtualmachines",
  "microsoft.compute/disks",
  "microsoft.network/networkinterfaces",
  "microsoft.storage/storageaccounts",
  "microsoft.sql/servers/databases",
  "microsoft.web/sites",
  "microsoft.network/publicipaddresses",
  "microsoft.compute/snapshots",
];

/**
 * Fills the inventory of an organization with the resources that its costs name (seed-costs.ts) as a scan would: of
 * eight types, with tags, properties, their history, what they use and a month of metrics of the machines; one in a hundred is gone. One in
 * fifty stays known by the bill alone. For databases that are thrown away: it writes as their owner. Returns the
 * id of a machine.
 */
export async function seedInventory(
  pool: Pool,
  { organizationId, connectionId, seenAt }: { organizationId: string; connectionId: string; seenAt: string },
): Promise<string> {
  const type = `(array[${types.map((name) => `'${name}'`).join(", ")}])[1 + n % ${types.length}]`;
  await pool.query(
    `insert into resources (id, organization_id, connection_id, cloud_provider, resource_type, resource_id, name,
       subscription_id, region, resource_group, tags, properties, status, discovered_at, last_updated, last_seen, gone_at)
     select gen_random_uuid(), $1, $2, 'azure', ${type}, resource_id, resource_name, sub_account_id, region, resource_group,
       tags || jsonb_build_object('owner', 'owner-' || n % 200, 'cost center', 'cc-' || n % 40, 'application', 'app-' || n % 300)
         - case when n % 5 = 0 then 'owner' else '' end,
       jsonb_build_object('provisioningState', 'Succeeded', 'diskSizeGB', 32 * (1 + n % 64),
         'timeCreated', to_char(timestamp '2024-01-01' + n * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         'sku', jsonb_build_object('name', 'Standard_D' || n % 16 || 's_v5', 'tier', 'Standard'),
         'networkProfile', jsonb_build_object('networkInterfaces', (
           select jsonb_agg(jsonb_build_object('id', resource_id || '/nic-' || i, 'note', md5((n * i)::text)))
           from generate_series(1, 12) i))),
       case n % 4 when 0 then 'running' when 1 then 'deallocated' else 'succeeded' end,
       $3::timestamptz - interval '40 days', $3::timestamptz, $3::timestamptz,
       case when n % 100 = 7 then $3::timestamptz end
     from (select *, substring(resource_name from '\\d+$')::int as n from cost_series where organization_id = $1) s
     where n % 50 <> 3`,
    [organizationId, connectionId, seenAt],
  );
  const own = "from resources where organization_id = $1";
  await pool.query(
    `insert into resource_changes (organization_id, resource_id, changed_at, kind, field, category, from_value, to_value)
     select organization_id, resource_id, last_seen - days * interval '1 day', 'updated', 'tags.owner', 'tag', 'a', 'b'
     from (select * ${own} and right(name, 1) = '0') r cross join generate_series(0, 4) days`,
    [organizationId],
  );
  await pool.query(
    `insert into resource_relationships (organization_id, source_id, from_id, to_id, kind)
     select organization_id, resource_id, resource_id, other, 'disk' from (
       select organization_id, resource_id, lead(resource_id, step) over (partition by step order by resource_id) as other
       from (select * ${own}) r cross join (values (1), (150)) steps(step)) used where other is not null`,
    [organizationId],
  );
  await pool.query(
    `insert into metric_series (organization_id, resource_id, metric_name, aggregation, unit)
     select organization_id, resource_id, metric, aggregation, 'percent'
     from (select * ${own} and resource_type = '${types[0]}') r
     cross join (values ('cpu_percent', 'average'), ('cpu_percent', 'maximum'), ('network_out_bytes', 'total')) m(metric, aggregation)`,
    [organizationId],
  );
  await pool.query(
    `insert into store.metric_days (organization_id, series_id, day, hours)
     select organization_id, id, $2::date - days, array_fill(id % 97 + 0.5::float8, array[24])
     from (select * from metric_series where organization_id = $1) s cross join generate_series(0, 29) days`,
    [organizationId, seenAt.slice(0, 10)],
  );
  const { rows } = await pool.query<{ id: string }>(
    "select resource_id as id from metric_series where organization_id = $1 order by id limit 1",
    [organizationId],
  );
  return rows[0]!.id;
}
