import { randomUUID } from "node:crypto";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import type { TestOrganization, TestTools } from "../../testing/test-tools.ts";
import type { CostRecord } from "../load/cost-record.ts";
import { loadCosts } from "../load/load-costs.ts";

/** A cost of one day as the loader takes it; what a test does not care about is plain. */
export function costRow(row: Partial<CostRecord> & { day: string; cost: string }): CostRecord {
  const { day, cost, ...rest } = row;
  const date = Temporal.PlainDate.from(day);
  return {
    provider: "azure",
    billingAccountId: "account-1",
    billingPeriodStart: date.with({ day: 1 }).toString(),
    billingPeriodEnd: date.with({ day: 1 }).add({ months: 1 }).toString(),
    scope: "",
    chargePeriodStart: `${day}T00:00:00Z`,
    chargePeriodEnd: `${date.add({ days: 1 })}T00:00:00Z`,
    chargeCategory: "Usage",
    chargeClass: null,
    billedCost: cost,
    effectiveCost: cost,
    contractedCost: cost,
    listCost: cost,
    currency: "USD",
    subAccountId: "sub-1",
    subAccountName: "Production",
    serviceName: "Virtual Machines",
    serviceCategory: "Compute",
    region: "westeurope",
    resourceGroup: "rg-web",
    resourceId: null,
    resourceName: null,
    resourceType: null,
    commitmentDiscountId: null,
    commitmentDiscountType: null,
    commitmentDiscountStatus: null,
    pricingCategory: "Standard",
    tags: {},
    consumedQuantity: null,
    consumedUnit: null,
    chargeDescription: null,
    skuId: null,
    ...rest,
  };
}

/** Loads rows through the real loader, into a connection of their own. */
export async function loadRows(
  tools: TestTools,
  organization: TestOrganization,
  rows: readonly CostRecord[],
): Promise<void> {
  const ctx = tools.context(tools.actor(organization));
  const id = randomUUID();
  await ctx.write((transaction) =>
    addConnection(transaction, {
      id,
      organizationId: organization.id,
      name: `costs ${id}`,
      kind: "focus",
      provider: "azure",
      settings: {},
    }),
  );
  await loadCosts(ctx, {
    connectionId: id,
    source: "test rows",
    batches: (async function* () {
      yield [...rows];
    })(),
  });
}

/** Calls a tool as an admin of the organization and gives its output. */
export async function ask<Output>(
  tools: TestTools,
  organization: TestOrganization,
  name: string,
  input: Record<string, unknown>,
): Promise<Output> {
  const { output } = await tools.invoke({
    actor: tools.actor(organization),
    name,
    input,
    source: "terminal",
  });
  return output as Output;
}
