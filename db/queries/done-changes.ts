import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A resource that an approved plan changed, and what became of it. */
export interface DoneItem {
  proposalId: string;
  recommendationIds: string[];
  action: string;
  parameters: Record<string, unknown>;
  resourceId: string;
  doneAt: Date;
  undoneAt: Date | null;
  /** What was made for its undo and costs by itself. */
  leftoverId: string | null;
  resourceName: string;
  /** Of the inventory; null and empty when it does not hold the resource. */
  resourceGroup: string | null;
  region: string | null;
  tags: Record<string, string>;
}

/** Everything that approved plans did since a moment, latest first. Undoing is no change of its own. */
export async function listDoneItems(transaction: TenantTransaction, since: Date): Promise<DoneItem[]> {
  const { rows } = await sql<DoneItem>`
    select a.id as "proposalId", a.recommendation_ids as "recommendationIds", a.action_type as action,
      a.plan::jsonb #> array['items', i.position::text, 'parameters'] as parameters,
      i.resource_id as "resourceId", i.updated_at as "doneAt", undone.at as "undoneAt",
      l.resource_id as "leftoverId", coalesce(s.name, split_part(i.resource_id, '/', -1)) as "resourceName",
      s.resource_group as "resourceGroup", s.region, coalesce(s.tags, '{}') as tags
    from remediation_items i
    join remediation_actions a on a.id = i.action_id and a.undo_of is null
    left join remediation_leftovers l on l.action_id = i.action_id and l.position = i.position
    left join resources s on s.resource_id = i.resource_id
    left join lateral (select max(back.updated_at) as at from remediation_actions u
      join remediation_items back on back.action_id = u.id and back.status = 'completed'
      where u.undo_of = a.id and back.resource_id = i.resource_id) undone on true
    where i.status = 'completed' and i.updated_at >= ${since.toISOString()}::timestamptz
    order by i.updated_at desc, i.resource_id`.execute(transaction);
  return rows;
}

/** Titles of recommendations by id, whatever became of them. */
export async function readRecommendationTitles(
  transaction: TenantTransaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction
    .selectFrom("recommendations")
    .select(["id", "title"])
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, title }) => [id, title]));
}
