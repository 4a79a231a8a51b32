import { describe, expect, test } from "vitest";
import { computeBook, machine, machineFacts, usageOf } from "../testing/machines.ts";
import { dailyCosts, judge, resource, waste } from "../testing.ts";
import rule from "./spot-instance.ts";

const costs = [
  ...dailyCosts(30, "11.04", { service: "Virtual Machines" }),
  ...dailyCosts(30, "2", { service: "Bandwidth" }),
];
const about = (more: Parameters<typeof machineFacts>[0] = {}) => machineFacts({ costs, ...more });
const batch = machine({}, { tags: { Role: "batch" } });
type Hour = Temporal.ZonedDateTime;

test("batch work saves the difference of spot and pay-as-you-go list prices at the own rate", () => {
  const finding = waste(judge(rule, batch, about()));
  // 11.04 x 365/12 x (1 - 0.2)
  expect(finding).toMatchObject({
    monthlySavings: "268.64",
    target: { sku: "Spot" },
    effects: [{ component: "compute", change: { kind: "share", remaining: "0.2" } }],
  });
  const shown = Object.fromEntries(finding.evidence.map(({ label, value }) => [label, value]));
  expect(shown).toMatchObject({ "Pay as you go, list price an hour": "0.46" });
  expect(Number(shown["Spot, list price an hour"])).toBeCloseTo(0.092);
});

test("never the price of a reservation, whichever is lower", () => {
  const prices = computeBook({ prices: { spot: null } });
  expect(judge(rule, batch, about({ prices })).verdict).toBe("unknown");
  expect(judge(rule, batch, about({ prices: computeBook({ vm: () => null }) })).verdict).toBe("unknown");
});

test("Windows: the spot price with its licence where the meter holds it, compute alone where it does not", () => {
  const windows = machine({ storageProfile: { osDisk: { osType: "Windows" } } }, { tags: { Role: "batch" } });
  const prices = computeBook({ prices: { spot: { value: "0.207", currency: "USD", unit: "hour" } } });
  const together = dailyCosts(30, "19.872", { service: "Virtual Machines" });
  expect(waste(judge(rule, windows, about({ prices, costs: together }))).effects[0]).toMatchObject({
    change: { remaining: "0.25" }, // 0.207 / 0.828
  });
  const apart = [...costs, ...dailyCosts(30, "8.832", { service: "Virtual Machines Licenses" })];
  expect(waste(judge(rule, windows, about({ prices, costs: apart }))).effects).toMatchObject([
    { component: "compute", change: { remaining: "0.45" } }, // 0.207 / 0.46
  ]);
});

describe("evidence that work may be interrupted", () => {
  test.each<[string, object, Parameters<typeof machineFacts>[0]]>([
    ["a role in a tag", { tags: { workload: "CI" } }, {}],
    ["an outright tag, even in production", { name: "vm-x-prod", tags: { Interruptible: "yes" } }, {}],
    ["its name", { name: "vm-render-03" }, {}],
    ["an agent of builds, by name and number", { name: "jenkins-agent-02" }, {}],
    ["an agent of builds, by its role", { tags: { role: "build agent" } }, {}],
    [
      "lives of under 6 hours",
      {},
      { usage: usageOf({ "cpu_percent/average": ({ hour }: Hour) => (hour < 5 ? 60 : Number.NaN) }) },
    ],
  ])("%s", (_, more, facts) => {
    expect(judge(rule, machine({}, more), about(facts)).verdict).toBe("waste");
  });
});

test("gaps in the measurements are no lives that ended", () => {
  const gaps = {
    usage: usageOf({ "cpu_percent/average": ({ hour }: Hour) => (hour % 2 ? 60 : Number.NaN) }),
  };
  expect(judge(rule, machine(), about(gaps)).verdict).toBe("fine");
});

describe("is left alone", () => {
  test.each<[string, ReturnType<typeof machine>]>([
    ["nothing says so", machine()],
    ["production", machine({}, { name: "vm-batch-prod", tags: { Role: "batch" } })],
    [
      "state on data disks",
      machine({ storageProfile: { dataDisks: [{ lun: 0 }] } }, { tags: { Role: "batch" } }),
    ],
    ["a tag against it", machine({}, { tags: { Role: "batch", Interruptible: "no" } })],
    ["a stateful tag", machine({}, { tags: { Role: "batch", kind: "stateful" } })],
    ["spot already", machine({ priority: "Spot" }, { tags: { Role: "batch" } })],
    ["deallocated", machine({}, { status: "deallocated", tags: { Role: "batch" } })],
    ["a replica", machine({}, { tags: { Role: "batch", purpose: "failover" } })],
    ["a word within a word", machine({}, { name: "vm-trunner-velocity", tags: { Role: "capacity" } })],
  ])("%s", (_, one) => {
    expect(judge(rule, one, about()).verdict).toBe("fine");
  });

  test("idle machines, long lives, and what a commitment pays", () => {
    const idle = usageOf({
      "cpu_percent/maximum": 2,
      "cpu_percent/average": 1,
      "network_out_bytes/total": 9e5,
    });
    expect(judge(rule, batch, about({ usage: idle })).verdict).toBe("fine");
    const longer = usageOf({ "cpu_percent/average": ({ hour }: Hour) => (hour < 7 ? 60 : Number.NaN) });
    expect(judge(rule, machine(), about({ usage: longer })).verdict).toBe("fine");
    const reserved = dailyCosts(30, "11", { service: "Virtual Machines", billed: "0" });
    expect(judge(rule, batch, about({ costs: reserved })).verdict).toBe("fine");
  });
});

describe("scale sets", () => {
  const set = (more = {}, properties = {}) =>
    resource("microsoft.compute/virtualmachinescalesets", {
      resourceGroup: "rg-dev",
      properties: { sku: { name: "Standard_D8s_v5", capacity: 3 }, ...properties },
      ...more,
    });
  const cluster = (pool: object, more = {}) => ({
    usedBy: (kind: string) => (kind === "scale_set" ? ["/aks"] : []),
    related: (id: string) =>
      id === "/aks"
        ? resource("microsoft.containerservice/managedclusters", {
            resourceGroup: "rg-dev",
            ...more,
            properties: {
              agentPoolProfiles: [{ name: "work", mode: "User", enableAutoScaling: true, ...pool }],
            },
          })
        : undefined,
  });
  const node = set({ tags: { "aks-managed-poolName": "work" }, resourceGroup: "mc_1" });

  test.each([
    ["waste", "outside production", set(), {}],
    ["fine", "in production", set({ tags: { Environment: "Production" } }), {}],
    [
      "waste",
      "in production, if a tag allows it",
      set({ tags: { Environment: "Production", spot: "ok" } }),
      {},
    ],
    ["fine", "of which nothing is said", set({ resourceGroup: "rg-1" }), {}],
    ["fine", "on spot", set({}, { virtualMachineProfile: { priority: "Spot" } }), {}],
    [
      "fine",
      "with data disks",
      set({}, { virtualMachineProfile: { storageProfile: { dataDisks: [{ lun: 0 }] } } }),
      {},
    ],
    ["waste", "a user pool that scales by itself", node, cluster({})],
    ["fine", "a system pool", node, cluster({ mode: "System" })],
    ["fine", "a pool of fixed size", node, cluster({ enableAutoScaling: false })],
    ["fine", "a pool on spot", node, cluster({ scaleSetPriority: "Spot" })],
    ["fine", "a pool of production", node, cluster({}, { tags: { Environment: "Production" } })],
    ["unknown", "a pool that its cluster does not name", node, cluster({ name: "other" })],
    ["unknown", "a pool without its cluster", node, {}],
  ] as const)("%s: %s", (verdict, _, one, facts) => {
    expect(judge(rule, one, about(facts)).verdict).toBe(verdict);
  });
});
