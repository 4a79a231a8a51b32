import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** When Azure says that a resource was made: disks, snapshots and machines; databases; storage accounts. */
const made = sql`coalesce(p.properties->>'timeCreated', p.properties->>'creationDate', p.properties->>'creationTime')`;
// What is no date is no age, and must not fail the search.
const madeAt = sql`case when ${made} ~ '^\\d{4}-\\d\\d-\\d\\dT' then (${made})::timestamptz end`;
// Of an unmanaged disk the bytes are told, with the 512 of its footer.
const gib = sql`case when p.properties->>'diskSizeGB' ~ '^\\d+$' then (p.properties->>'diskSizeGB')::numeric
  when p.properties->>'sizeBytes' ~ '^\\d+$' then round((p.properties->>'sizeBytes')::numeric / 1073741824, 3) end`;
const own = sql`from resources p where p.resource_id = r.id`;

/** Conditions and orders on `r.id` of a search: what was made before a moment, or is larger. */
export const resourceAge = {
  madeBefore: (moment: Date) => sql`(select ${madeAt} ${own}) < ${moment}`,
  largerThan: (size: number) => sql`(select ${gib} ${own}) > ${size}`,
  oldestFirst: sql`(select ${madeAt} ${own}) asc nulls last,`,
  largestFirst: sql`(select ${gib} ${own}) desc nulls last,`,
};

/** When the resources were made and how large their disks are; null where the inventory does not say. */
export async function readAges(
  transaction: TenantTransaction,
  ids: readonly string[],
): Promise<Map<string, { madeAt: Date | null; gib: string | null; size: string | null }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; madeAt: Date | null; gib: string | null; size: string | null }>`
    select p.resource_id as id, ${madeAt} as "madeAt", ${gib} as gib,
      p.properties #>> '{hardwareProfile,vmSize}' as size
    from resources p where p.resource_id = any(${[...ids]}::text[])`.execute(transaction);
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}
