import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A subscription (or account) and one of its resource groups, as the inventory or the costs name them. */
export interface PlaceRow {
  /** Lower case, without the path before it. */
  subscriptionId: string;
  /** As costs call it; null where they do not. */
  subscriptionName: string | null;
  resourceGroup: string | null;
}

/** Where the organization has resources or costs, at most `limit` groups, in order of their names. */
export async function listPlaces(transaction: TenantTransaction, limit: number): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select id as "subscriptionId", max(name) as "subscriptionName", max(resource_group) as "resourceGroup" from (
      select lower(subscription_id) as id, null as name, resource_group from resources
        where gone_at is null group by 1, 3
      union all
      select lower(regexp_replace(sub_account_id, '^.*/', '')), max(nullif(sub_account_name, '')), resource_group
        from cost_series group by 1, 3
    ) known where id <> '' group by id, lower(resource_group) order by id, lower(resource_group) limit ${limit}
  `.execute(transaction);
  return rows;
}
