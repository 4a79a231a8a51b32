import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { silentLoadSeconds } from "./cost-deletion.ts";

/** What one connection has brought of one provider, as it is visible now. */
export interface DeliveredCosts {
  connectionId: string;
  connectionName: string;
  connectionKind: string;
  /** Null while a connection has brought nothing. */
  provider: string | null;
  /** First and last day with cost, inclusive. */
  dataFrom: string | null;
  dataUntil: string | null;
  loadedAt: Date | null;
  rowCount: number;
  deliveryCount: number;
  /** Files or scopes of the newest loads, at most 10, newest first. */
  sources: string[];
  /** False of a load whose process died. */
  isLoading: boolean;
  status: string;
  lastSync: Date | null;
}

interface Row {
  connection_id: string;
  connection_name: string;
  kind: string;
  provider: string | null;
  data_from: string | null;
  data_until: string | null;
  loaded_at: Date | null;
  row_count: string | null;
  delivery_count: string | null;
  sources: string[] | null;
  is_loading: boolean;
  status: string;
  last_sync: Date | null;
}

/** One line per connection and provider, connections by name. */
export async function listDeliveredCosts(transaction: TenantTransaction): Promise<DeliveredCosts[]> {
  const { rows } = await sql<Row>`with published as (
      select * from cost_deliveries where status = 'published'
    ), delivered as (
      select p.connection_id, p.provider, min(p.first_day) as data_from, max(p.last_day) as data_until,
        max(p.loaded_at) as loaded_at, sum(p.row_count) as row_count, count(*) as delivery_count
      from published p group by 1, 2
    )
    select c.id as connection_id, c.connection_name, c.kind, d.provider, d.data_from, d.data_until, d.loaded_at,
      d.row_count, d.delivery_count, c.status, c.last_sync,
      (select array_agg(source) from (
        select source from published p where p.connection_id = c.id and p.provider = d.provider
        group by source order by max(loaded_at) desc, source limit 10) newest) as sources,
      exists (select from cost_deliveries l where l.connection_id = c.id and l.status = 'loading'
        and l.loaded_at > clock_timestamp() - make_interval(secs => ${silentLoadSeconds})) as is_loading
    from cloud_connections c left join delivered d on d.connection_id = c.id
    order by c.connection_name, d.provider`.execute(transaction);
  return rows.map((row) => ({
    connectionId: row.connection_id,
    connectionName: row.connection_name,
    connectionKind: row.kind,
    provider: row.provider,
    dataFrom: row.data_from,
    dataUntil: row.data_until,
    loadedAt: row.loaded_at,
    rowCount: Number(row.row_count ?? 0),
    deliveryCount: Number(row.delivery_count ?? 0),
    sources: row.sources ?? [],
    isLoading: row.is_loading,
    status: row.status,
    lastSync: row.last_sync,
  }));
}
