import type { QueryDefinition } from "@azure/arm-costmanagement";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sumDecimals } from "../../kernel/money.ts";
import { generateTenant } from "./generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";
import { makeTruth } from "./truth.ts";

const now = () => Temporal.Instant.from("2026-11-23T15:00:00Z");
const estate = { seed: "costs", resources: 420, days: 395, now: now() };

function query(
  type: "ActualCost" | "AmortizedCost",
  from: string,
  to: string,
  groupBy: string[],
  granularity: "Daily" | "None" = "None",
): QueryDefinition {
  return {
    type,
    timeframe: "Custom",
    timePeriod: { from: new Date(from), to: new Date(to) },
    dataset: {
      granularity,
      aggregation: { totalCost: { name: "Cost", function: "Sum" } },
      grouping: groupBy.map((name) => ({ type: "Dimension", name })),
    },
  };
}

describe("costs through the real client", () => {
  const { tenant, plants } = generateTenant(estate);
  const truth = makeTruth(tenant, plants, now());
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof sandboxClients>;
  const tenantScope = "/providers/Microsoft.Management/managementGroups/contoso";
  beforeAll(async () => {
    sandbox = await startSandbox({ ...estate, tenant, now, quotas: "raised" });
    clients = sandboxClients(sandbox);
  });
  afterAll(() => sandbox.close());

  /** Follows nextLink by hand, as the SDK leaves it to its caller. */
  async function rowsOf(definition: QueryDefinition, scope = tenantScope) {
    const first = await clients.costs.query.usage(scope, definition);
    const rows = [...first.rows!];
    for (let next: string | null | undefined = first.nextLink; next; ) {
      const request = createPipelineRequest({
        url: next,
        method: "POST",
        body: JSON.stringify(definition),
        headers: createHttpHeaders({ "content-type": "application/json" }),
      });
      const { properties } = JSON.parse((await clients.costs.sendRequest(request)).bodyAsText!);
      rows.push(...properties.rows);
      next = properties.nextLink;
    }
    return { columns: first.columns!.map((column) => column.name!), rows };
  }
  const total = (rows: unknown[][]) => sumDecimals(rows.map((row) => String(row[0]))).toFixed();

  it("adds up to the same exact total by any grouping, and to the manifest", async () => {
    for (const type of ["ActualCost", "AmortizedCost"] as const) {
      const october = truth.totals.months.find(({ month }) => month === "2026-10")!;
      const expected = type === "ActualCost" ? october.actual : october.amortized;
      const groupings = [
        [],
        ["ServiceName"],
        ["ResourceId", "ServiceName"],
        ["ResourceId", "ChargeType"],
        ["SubscriptionName"],
        ["ResourceLocation", "PricingModel"],
      ];
      for (const grouping of groupings) {
        const { rows } = await rowsOf(query(type, "2026-10-01", "2026-10-31", grouping));
        expect(total(rows)).toBe(expected);
      }
      const daily = await rowsOf(
        query(type, "2026-10-01", "2026-10-31", ["ResourceId", "ServiceName"], "Daily"),
      );
      expect(daily.columns).toEqual(["Cost", "UsageDate", "ResourceId", "ServiceName", "Currency"]);
      expect(daily.rows.length).toBeGreaterThan(5000);
      expect(total(daily.rows)).toBe(expected);
      let bySubscription: unknown[][] = [];
      for (const id of sandbox.subscriptionIds) {
        const { rows } = await rowsOf(query(type, "2026-10-01", "2026-10-31", []), `/subscriptions/${id}/`);
        bySubscription = [...bySubscription, ...rows];
      }
      expect(total(bySubscription)).toBe(expected);
    }
  });

  it("costs about 128,000 USD in October 2026, weekends less than weekdays", async () => {
    const october = truth.totals.months.find(({ month }) => month === "2026-10")!;
    expect(Number(october.amortized)).toBeGreaterThan(122_000);
    expect(Number(october.amortized)).toBeLessThan(134_000);
    const { rows } = await rowsOf(query("AmortizedCost", "2026-10-05", "2026-10-11", [], "Daily"));
    const [monday, , , , , saturday] = rows.map((row) => Number(row[0]));
    expect(saturday).toBeLessThan(monday! * 0.95);
  });

  it("serves yesterday, not today, and nothing before its history", async () => {
    const { rows } = await rowsOf(query("ActualCost", "2025-09-01", "2026-08-31", [], "Daily"));
    expect(rows[0]![1]).toBe(20251024);
    const recent = await rowsOf(query("ActualCost", "2026-11-20", "2026-11-30", [], "Daily"));
    expect(recent.rows.map((row) => row[1])).toEqual([20261120, 20261121, 20261122]);
  });

  it("shows purchases in actual cost and their spread, with the unused rest, in amortized cost", async () => {
    const by = async (type: "ActualCost" | "AmortizedCost") =>
      Object.fromEntries(
        (await rowsOf(query(type, "2025-11-01", "2026-10-31", ["ChargeType", "PricingModel"]))).rows.map(
          ([cost, charge, pricing]) => [`${charge} ${pricing}`, cost as number],
        ),
      );
    const actual = await by("ActualCost");
    const amortized = await by("AmortizedCost");
    expect(actual["Usage Reservation"]).toBeUndefined();
    expect(amortized["Purchase Reservation"]).toBeUndefined();
    expect(amortized["UnusedReservation Reservation"]).toBeGreaterThan(0);
    // Over a year, what was paid is what was spread, but for the rounding of a day's share.
    const spread = amortized["Usage Reservation"]! + amortized["UnusedReservation Reservation"]!;
    expect(spread).toBeCloseTo(actual["Purchase Reservation"]!, 2);
    expect(actual["Refund OnDemand"]).toBeLessThan(0);
    expect(actual["Refund OnDemand"]).toBe(amortized["Refund OnDemand"]);
  });

  it("filters by dimension and tag", async () => {
    const definition = query("AmortizedCost", "2026-10-01", "2026-10-31", ["ServiceName"]);
    definition.dataset.filter = {
      and: [
        { dimensions: { name: "ServiceName", operator: "In", values: ["virtual machines", "Storage"] } },
        { tags: { name: "Team", operator: "In", values: ["web"] } },
      ],
    };
    const { rows } = await rowsOf(definition);
    expect(rows.map((row) => row[1])).toEqual(["Storage", "Virtual Machines"]);
  });

  it("refuses a third grouping, an unknown dimension and a wrong scope", async () => {
    const ask = (definition: QueryDefinition, scope = tenantScope) =>
      clients.costs.query.usage(scope, definition);
    const day = (groups: string[]) => query("ActualCost", "2026-10-01", "2026-10-01", groups);
    await expect(ask(day(["ResourceId", "ServiceName", "Meter"]))).rejects.toMatchObject({ statusCode: 400 });
    await expect(ask(day(["Colour"]))).rejects.toMatchObject({ statusCode: 400, code: "BadRequest" });
    await expect(ask(day([]), "/subscriptions/unknown")).rejects.toMatchObject({
      code: "SubscriptionNotFound",
    });
  });

  it("does not change a past day when the clock moves on", async () => {
    const later = Temporal.Instant.from("2027-02-02T08:00:00Z");
    const rolled = generateTenant({ ...estate, now: later });
    const months = makeTruth(rolled.tenant, rolled.plants, later).totals.months;
    for (const month of ["2026-03", "2026-09", "2026-10"]) {
      expect(months.find((row) => row.month === month)).toEqual(
        truth.totals.months.find((row) => row.month === month),
      );
    }
  });
});
