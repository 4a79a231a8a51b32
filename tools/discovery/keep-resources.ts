import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { insertResourceChanges, type ResourceChange } from "@cloudoptima/db/queries/resource-changes.ts";
import { replaceRelationships } from "@cloudoptima/db/queries/resource-relationships.ts";
import { type ChangedResource, upsertResources } from "@cloudoptima/db/queries/resources.ts";
import type { CloudResource } from "../clouds/cloud.ts";
import { deriveRelationships } from "./derive-relationships.ts";
import { diffResource } from "./diff-resource.ts";

/** Stores resources as a scan found them, what changed on them and what they use, all in the caller's transaction. */
export async function keepResources(
  transaction: TenantTransaction,
  scan: { organizationId: string; connectionId: string; seenAt: Date },
  found: readonly CloudResource[],
  newId: () => string,
): Promise<void> {
  const changed = await upsertResources(transaction, scan, found, newId);
  const now = new Map(found.map((resource) => [resource.id, resource]));
  await insertResourceChanges(
    transaction,
    scan.organizationId,
    scan.seenAt,
    changed.flatMap((change) => changesOf(change, now.get(change.id)!)),
  );
  await replaceRelationships(
    transaction,
    scan.organizationId,
    [...now.keys()],
    [...now.values()].flatMap((resource) =>
      deriveRelationships(resource).map((relationship) => ({ ...relationship, sourceId: resource.id })),
    ),
  );
}

function changesOf({ id, before, wasGone }: ChangedResource, now: CloudResource): ResourceChange[] {
  const whole = { resourceId: id, field: null, category: null, from: null, to: null };
  if (!before) return [{ ...whole, kind: "created" }];
  const fields = diffResource(before, now).map((change) => ({
    ...change,
    resourceId: id,
    kind: "updated" as const,
  }));
  return wasGone ? [{ ...whole, kind: "returned" }, ...fields] : fields;
}
