import { randomUUID } from "node:crypto";
import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { upsertResources } from "@cloudoptima/db/queries/resources.ts";
import type { AssessedResource } from "../assessed-resource.ts";

/** Puts resources into the inventory as a scan of a connection of their own would. */
export async function keepInventory(
  transaction: TenantTransaction,
  organizationId: string,
  seenAt: Date,
  resources: readonly AssessedResource[],
): Promise<void> {
  const connectionId = randomUUID();
  await addConnection(transaction, {
    id: connectionId,
    organizationId,
    name: `Azure ${connectionId}`,
    kind: "sandbox",
    provider: "azure",
    settings: {},
  });
  const found = resources.map((resource) => ({ provider: "azure", ...resource }));
  await upsertResources(transaction, { organizationId, connectionId, seenAt }, found, randomUUID);
}
