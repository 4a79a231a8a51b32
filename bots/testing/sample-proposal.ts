import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";

/** A name that tries what chats read as markup. */
export const hostile = "<!channel> *urgent* <https://evil.example|approve>\n\u202ereverse @everyone `x`";

/** A proposal to stop machines of these names, as `get_proposal` gives it. */
export function sampleProposal(names: string[], more: Partial<ProposalOutput> = {}): ProposalOutput {
  const items = names.map((resourceName, index) => ({
    resourceId: `/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachines/${index}`,
    resourceName,
    parameters: {},
    driftFields: {},
    effects: [`The temporary disk of ${resourceName} is lost.`],
    undo: "Start it again.",
    monthlySavings: null,
    createdMonthlyCost: null,
  }));
  return {
    id: "7f0c1f57-8a67-4a45-9a5f-0c0f2f3c1d11",
    planHash: "a".repeat(64),
    headline: `Stop ${names.length} virtual machines`,
    action: "stop_vm",
    direction: "apply",
    status: "proposed",
    statusReason: null,
    resourceCount: names.length,
    resourceNames: names.slice(0, 5),
    monthlySavings: [],
    createdMonthlyCost: [],
    risk: "low",
    reversible: true,
    requiredApprovers: 1,
    approvalCount: 0,
    proposedBy: { id: "p", name: hostile },
    proposedThrough: "agent",
    createdAt: "2026-10-14T09:00:00Z",
    expiresAt: "2026-10-15T09:00:00Z",
    plan: {
      organizationId: "7f0c1f57-8a67-4a45-9a5f-0c0f2f3c1d11",
      connectionId: "7f0c1f57-8a67-4a45-9a5f-0c0f2f3c1d11",
      subscriptionId: "s",
      action: "stop_vm",
      version: 1,
      direction: "apply",
      headline: `Stop ${names.length} virtual machines`,
      items,
      monthlySavings: [{ value: "412.004", currency: "USD" }],
      createdMonthlyCost: [],
      risk: "low",
      reversible: true,
      proposedBy: "7f0c1f57-8a67-4a45-9a5f-0c0f2f3c1d11",
      requiredApprovers: 1,
      selfApproval: false,
      expiresAt: "2026-10-15T09:00:00Z",
      undoOf: null,
    },
    connectionName: "Contoso",
    sandbox: true,
    approvals: [],
    items: items.map(({ resourceId, resourceName }, position) => ({
      position,
      resourceId,
      resourceName,
      status: "waiting",
      reason: null,
    })),
    journal: [],
    simulation: null,
    undo: null,
    mayDecide: false,
    whyNot: null,
    ...more,
  };
}
