import { actions } from "../actions.gen.ts";

export interface Capability {
  name: string;
  title: string;
  /** Azure operations that it needs on a subscription. */
  operations: readonly string[];
  /** What usually brings them; null where a role of one's own is better than any built-in one. */
  role: string | null;
  changes: boolean;
}

/** What a connection is good for, and which of Azure's operations each needs; changes come from their own definitions. */
export const capabilities: readonly Capability[] = [
  {
    name: "inventory",
    title: "Inventory",
    operations: [
      "Microsoft.Resources/subscriptions/read",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Compute/virtualMachines/read",
      "Microsoft.Compute/disks/read",
      "Microsoft.Network/publicIPAddresses/read",
    ],
    role: "Reader",
    changes: false,
  },
  {
    name: "cost",
    title: "Cost",
    operations: ["Microsoft.CostManagement/query/read"],
    role: "Cost Management Reader",
    changes: false,
  },
  {
    name: "metrics",
    title: "Metrics",
    operations: ["Microsoft.Insights/metrics/read"],
    role: "Monitoring Reader",
    changes: false,
  },
  {
    name: "unmanaged_disks",
    title: "Unmanaged disks",
    operations: [
      "Microsoft.Storage/storageAccounts/read",
      "Microsoft.Storage/storageAccounts/blobServices/containers/read",
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
    ],
    role: "Storage Blob Data Reader",
    changes: false,
  },
  ...actions.map((action) => ({
    name: action.name,
    title: action.title,
    operations: [
      ...new Set([...action.operations, ...("irreversible" in action.undo ? [] : action.undo.operations)]),
    ],
    role: null,
    changes: true,
  })),
];

/** What is missing for a capability on a subscription, as one sentence with what to do. */
export function explainMissing(
  capability: Capability,
  subscriptionName: string,
  missing: readonly string[],
): string {
  const what = `${capability.title}: the identity may not ${missing.join(", ")} on ${subscriptionName}.`;
  return capability.role
    ? `${what} Give it the role ${capability.role} there.`
    : `${what} Only needed to carry out such changes: give it a role with ${missing.length === 1 ? "this operation" : "these operations"}.`;
}
