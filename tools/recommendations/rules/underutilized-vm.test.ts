import { describe, expect, test } from "vitest";
import type { VmSize } from "../../prices/size-book.ts";
import { computeBook, machine, machineFacts, usageOf } from "../testing/machines.ts";
import { dailyCosts, judge, waste } from "../testing.ts";
import rule from "./underutilized-vm.ts";
import rightsizing from "./vm-rightsizing.ts";

const gib = 1024 ** 3;
const costs = dailyCosts(30, "11.04", { service: "Virtual Machines" });
const about = (more: Parameters<typeof machineFacts>[0] = {}) => machineFacts({ costs, ...more });
const noMemory = { "memory_available_bytes/average": Number.NaN };

test("low use, memory not measured: the next smaller size's saving is shown and counted in no total", () => {
  const finding = waste(
    judge(rule, machine(), about({ usage: usageOf({ ...noMemory, "cpu_percent/maximum": 30 }) })),
  );
  expect(finding).toMatchObject({
    target: { sku: "Standard_D4s_v5" },
    monthlySavings: "167.9",
    effects: [],
    confidence: 0.5,
  });
  expect(finding.description).toContain("how much memory it uses");
  expect(finding.evidence.find(({ label }) => label === "Memory used")?.value).toBe("not measured");
});

test("what the sizes take is not known: unproven too", () => {
  const change = (size: VmSize) => ({ ...size, temporaryDisk: null });
  expect(waste(judge(rule, machine(), about({ prices: computeBook({ change }) }))).description).toContain(
    "temporary disk",
  );
});

describe("is left alone", () => {
  test.each<[string, Parameters<typeof usageOf>[0]]>([
    ["where a smaller size is proven", {}],
    ["where its memory is full", { "memory_available_bytes/average": 3 * gib }],
    ["where its processor works", { ...noMemory, "cpu_percent/maximum": 60 }],
    ["where it sends a lot", { ...noMemory, "network_out_bytes/total": 2e11 }],
    [
      "where it does nothing: that is idle_vm's",
      { ...noMemory, "cpu_percent/maximum": 2, "cpu_percent/average": 1, "network_out_bytes/total": 9e5 },
    ],
  ])("%s", (_, series) => {
    expect(judge(rule, machine(), about({ usage: usageOf(series) })).verdict).toBe("fine");
  });

  test("where it has no smaller size, or too many disks for one", () => {
    const usage = usageOf({ ...noMemory, "cpu_percent/maximum": 30 });
    const smallest = machine({ hardwareProfile: { vmSize: "Standard_D2s_v5" } });
    expect(judge(rule, smallest, about({ usage })).verdict).toBe("fine");
    const disks = machine({
      storageProfile: { osDisk: { osType: "Linux" }, dataDisks: Array.from({ length: 9 }, () => ({})) },
    });
    expect(judge(rule, disks, about({ usage })).verdict).toBe("fine");
  });
});

test("no metrics, no sizes or no prices: unknown", () => {
  const usage = usageOf({ ...noMemory, "cpu_percent/maximum": 30 });
  expect(judge(rule, machine(), about({ usage: usageOf({}, { days: 0 }) })).verdict).toBe("unknown");
  expect(judge(rule, machine({ hardwareProfile: {} }), about({ usage })).verdict).toBe("unknown");
  expect(judge(rule, machine(), about({ usage, prices: computeBook({ vm: () => null }) })).verdict).toBe(
    "unknown",
  );
});

test.each([8, 14, 15, 30, 41, 60])("with P95 CPU of %i %% it and vm_rightsizing never both speak", (cpu) => {
  for (const memory of [{}, noMemory]) {
    const facts = about({ usage: usageOf({ ...memory, "cpu_percent/maximum": cpu }) });
    const both = [rule, rightsizing].map((one) => judge(one, machine(), facts).verdict);
    expect(both.filter((verdict) => verdict === "waste").length).toBeLessThanOrEqual(1);
  }
});
