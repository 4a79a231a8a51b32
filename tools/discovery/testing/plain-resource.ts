import { randomUUID } from "node:crypto";
import { packMetricDays } from "@cloudoptima/db/pack-metric-days.ts";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { upsertMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { keepRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { upsertResources } from "@cloudoptima/db/queries/resources.ts";
import { costRow, loadRows } from "../../costs/testing/load-rows.ts";
import type { TestOrganization, TestTools } from "../../testing/test-tools.ts";

export interface PlainResource {
  id: string;
  recommendationId: string;
}

/** A machine as scans know it: inventory, a month of cost, a day of CPU and one recommendation. */
export async function addPlainResource(
  tools: TestTools,
  organization: TestOrganization,
  seenAt: Date,
): Promise<PlainResource> {
  const ctx = tools.context(tools.actor(organization));
  const id = `/subscriptions/sub-1/resourcegroups/rg-web/providers/microsoft.compute/virtualmachines/vm-${organization.id.slice(0, 8)}`;
  const connectionId = randomUUID();
  const recommendationId = randomUUID();
  const organizationId = organization.id;
  await loadRows(
    tools,
    organization,
    Array.from({ length: 30 }, (_, day) =>
      costRow({
        day: `2026-09-${String(day + 1).padStart(2, "0")}`,
        cost: "2.50",
        resourceId: id,
        resourceName: "vm-1",
      }),
    ),
  );
  await ctx.write(async (transaction) => {
    const name = `Azure ${connectionId}`;
    await addConnection(transaction, {
      id: connectionId,
      organizationId,
      name,
      kind: "sandbox",
      provider: "azure",
      settings: {},
    });
    const found = {
      id,
      provider: "azure",
      type: "microsoft.compute/virtualmachines",
      name: `vm-${organization.id.slice(0, 8)}`,
      subscriptionId: "sub-1",
      resourceGroup: "rg-web",
      region: "westeurope",
      tags: { Team: "web" },
      properties: { hardwareProfile: { vmSize: "Standard_D2s_v5" } },
      status: "running",
    };
    await upsertResources(transaction, { organizationId, connectionId, seenAt }, [found], randomUUID);
    const lastHour = Math.floor(seenAt.getTime() / 3_600_000 - 1) * 3_600_000;
    const points = Array.from({ length: 24 }, (_, index) => ({
      resourceId: id,
      metric: "cpu_percent",
      aggregation: "average",
      time: new Date(lastHour - index * 3_600_000),
      value: index,
      unit: "percent",
    }));
    await upsertMetricDays(transaction, organizationId, packMetricDays(points));
    const idle = {
      id: recommendationId,
      resourceId: id,
      type: "idle_vm",
      title: "Idle virtual machine",
      description: "It does nothing.",
      impact: "low",
      effort: "easy",
      risk: "low",
      monthlySavings: "75",
      annualSavings: "900",
      currency: "USD",
      confidence: "0.9",
      evidence: [],
      metadata: {},
    } as const;
    await keepRecommendations(transaction, organizationId, seenAt, [{ ...idle, evidence: [] }]);
  });
  return { id, recommendationId };
}
