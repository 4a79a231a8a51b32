import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import getCommitments, { type Commitments } from "../../commitments/get-commitments.tool.ts";
import searchResources, { type ResourceSearchOutput } from "../../discovery/search-resources.tool.ts";
import { createTestTools } from "../../testing/test-tools.ts";
import importFocus from "./import-focus.operation.ts";

const reservation = "/providers/Microsoft.Capacity/reservationOrders/5e04d8b4/reservations/9a1c";
const machine = "/subscriptions/s-1/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/web-01";
const common = {
  BillingAccountId: "contoso-billing",
  BillingCurrency: "EUR",
  BillingPeriodStart: "2026-09-01T00:00:00Z",
  BillingPeriodEnd: "2026-10-01T00:00:00Z",
  ChargeCategory: "Usage",
  ChargePeriodStart: "2026-09-01T00:00:00Z",
  ChargePeriodEnd: "2026-09-02T00:00:00Z",
  CommitmentDiscountId: reservation,
  CommitmentDiscountName: "One year, D series",
  CommitmentDiscountType: "Reservation",
  BilledCost: "0",
  ContractedCost: "4",
  ListCost: "5",
  ProviderName: "Microsoft",
  ServiceName: "Virtual Machines",
};
const rows: Record<string, string>[] = [
  {
    ...common,
    CommitmentDiscountStatus: "Used",
    EffectiveCost: "3",
    ResourceId: machine,
    ResourceName: "web-01",
  },
  {
    ...common,
    CommitmentDiscountStatus: "Unused",
    EffectiveCost: "1",
    ResourceId: reservation,
    ResourceName: "",
  },
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "co-commitment-names-"));
});
afterAll(() => rm(directory, { recursive: true }));

describeEachEngine("names of commitments", (engine) => {
  test("are the bill's own; what they pay for keeps its name", async () => {
    const header = Object.keys(rows[0]!);
    const lines = [header, ...rows.map((row) => header.map((name) => `"${row[name] ?? ""}"`))];
    const path = join(directory, "focus.csv");
    await writeFile(path, lines.map((line) => line.join(",")).join("\n"));
    const tools = createTestTools({
      database: engine.database(),
      now: "2026-11-20T12:00:00Z",
      definitions: [importFocus, getCommitments, searchResources],
    });
    const organization = await tools.createOrganization();
    const local = { ...tools.actor(organization), via: "local" as const };
    await tools.invoke({ actor: local, name: "import_focus", input: { path }, source: "terminal" });

    const call = async <Output>(name: string, input: Record<string, unknown>) =>
      (await tools.invoke({ actor: tools.actor(organization), name, input, source: "web" })).output as Output;
    const { rows: commitments } = await call<Commitments>("get_commitments", {
      period: { start: "2026-09-01", end: "2026-10-01" },
    });
    expect(commitments).toMatchObject([
      { id: reservation, label: "One year, D series", utilizationPercent: "75" },
    ]);
    const { rows: found } = await call<ResourceSearchOutput>("search_resources", {
      text: "web-01",
      includeGone: true,
    });
    expect(found.map(({ name }) => name)).toEqual(["web-01"]);
  });
});
