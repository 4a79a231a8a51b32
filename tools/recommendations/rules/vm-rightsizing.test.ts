import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VmSize } from "../../prices/size-book.ts";
import { computeBook, machine, machineFacts, usageOf } from "../testing/machines.ts";
import { dailyCosts, judge, resource, waste } from "../testing.ts";
import rule from "./vm-rightsizing.ts";

const gib = 1024 ** 3;
const costs = dailyCosts(30, "11.04", { service: "Virtual Machines" });
const about = (more: Parameters<typeof machineFacts>[0] = {}) => machineFacts({ costs, ...more });
const target = (verdict: ReturnType<typeof judge>) => waste(verdict).target?.sku;
const every = (hours: number, value: number, otherwise: number) => (hour: Temporal.ZonedDateTime) =>
  (hour.epochMilliseconds / 3_600_000) % hours === 0 ? value : otherwise;

test("takes the cheapest size that carries the load, and saves the difference of list prices at the own rate", () => {
  // 15 % of 8 vCPUs are 60 % of 2; 8 GiB used are all of a D2s_v5's, and half of a D4s_v5's.
  const finding = waste(judge(rule, machine(), about()));
  expect(finding).toMatchObject({
    target: { sku: "Standard_D4s_v5" },
    monthlySavings: "167.9", // 11.04 x 365/12 x (1 - 0.23/0.46)
    annualSavings: "2014.8",
    remediation: "resize_vm",
    effects: [{ component: "compute", monthlyCost: "335.8", change: { kind: "share", remaining: "0.5" } }],
  });
  const shown = Object.fromEntries(finding.evidence.map(({ label, value }) => [label, value]));
  expect(shown).toMatchObject({
    "Size today": "Standard_D8s_v5: 8 vCPUs, 32 GiB",
    "Smaller size": "Standard_D4s_v5: 4 vCPUs, 16 GiB",
    "Maximum CPU, 95th percentile": "15",
    "The same 95th percentile on the smaller size": "30",
    "The same memory on the smaller size": "50",
    "Most memory used in an hour": String(8 * gib),
  });
});

test("two sizes down where memory and processor allow it", () => {
  const usage = usageOf({ "memory_available_bytes/average": 28 * gib });
  expect(target(judge(rule, machine(), about({ usage })))).toBe("Standard_D2s_v5");
});

test("a negotiated rate saves less than the list price", () => {
  const own = dailyCosts(30, "8.832", { service: "Virtual Machines" });
  expect(waste(judge(rule, machine(), about({ costs: own }))).monthlySavings).toBe("134.32");
});

test("a licence shrinks with the vCPUs; what is not compute stays", () => {
  const windows = machine({
    storageProfile: { osDisk: { osType: "Windows" }, dataDisks: [] },
  });
  const apart = [
    ...costs,
    ...dailyCosts(30, "8.832", { service: "Virtual Machines Licenses" }),
    ...dailyCosts(30, "3", { service: "Backup" }),
  ];
  expect(waste(judge(rule, windows, about({ costs: apart }))).monthlySavings).toBe("302.22");
  // One meter for both: the prices of Windows decide.
  const together = dailyCosts(30, "19.872", { service: "Virtual Machines" });
  expect(waste(judge(rule, windows, about({ costs: together }))).monthlySavings).toBe("302.22");
});

test("what a reservation pays saves nothing, and it says so", () => {
  const reserved = dailyCosts(30, "11.04", { service: "Virtual Machines", billed: "0" });
  const finding = waste(judge(rule, machine(), about({ costs: reserved })));
  expect(finding).toMatchObject({ monthlySavings: "0", effects: [] });
  expect(finding.description).toContain("reservation");
});

describe("where people wait, 40 % of CPU and 60 % of memory are the most", () => {
  const busier = usageOf({ "cpu_percent/maximum": 21 });
  test.each<[string, ReturnType<typeof machine>, object]>([
    ["production by tag", machine({}, { tags: { Environment: "Production" } }), {}],
    ["production by name", machine({}, { name: "vm-erp-prod", resourceGroup: "rg-erp" }), {}],
    ["a web server", machine({}, { name: "vm-web-3" }), {}],
    ["a front end by its role", machine({}, { tags: { Role: "frontend" } }), {}],
    [
      "behind a load balancer",
      machine(),
      {
        uses: (kind: string) => (kind === "network_interface" ? ["card"] : []),
        usedBy: (kind: string, of?: string) => (kind === "backend" && of === "card" ? ["balancer"] : []),
      },
    ],
    [
      "with a public address",
      machine(),
      {
        uses: (kind: string, of?: string) =>
          kind === "network_interface" ? ["card"] : kind === "public_ip" && of === "card" ? ["address"] : [],
      },
    ],
  ])("%s", (_, one, facts) => {
    expect(judge(rule, one, about({ usage: busier, ...facts })).verdict).toBe("fine");
    expect(judge(rule, machine(), about({ usage: busier })).verdict).toBe("waste");
    const fuller = usageOf({ "memory_available_bytes/average": 22 * gib });
    expect(judge(rule, one, about({ usage: fuller, ...facts })).verdict).toBe("fine");
    expect(judge(rule, machine(), about({ usage: fuller })).verdict).toBe("waste");
  });
});

describe("no smaller size where", () => {
  test.each<[string, Parameters<typeof usageOf>[0]]>([
    ["its processor works", { "cpu_percent/maximum": 45 }],
    ["its memory is full", { "memory_available_bytes/average": 4 * gib }],
    ["its memory was full once", { "memory_available_bytes/average": every(700, 4 * gib, 28 * gib) }],
    ["it sends a lot", { "network_out_bytes/total": 2e11 }],
    ["its disks do a lot", { "disk_write_operations_per_second/maximum": 6400 }],
    ["its disks move a lot", { "disk_read_bytes/total": 160e6 * 0.81 * 3600 }],
    [
      "it does nothing: that is idle_vm's",
      { "cpu_percent/maximum": 2, "cpu_percent/average": 1, "network_out_bytes/total": 9e5 },
    ],
  ])("%s", (_, series) => {
    expect(judge(rule, machine(), about({ usage: usageOf(series) })).verdict).toBe("fine");
  });

  const disk = (index: number) => ({
    lun: index,
    managedDisk: { id: `/disk-${index}`, storageAccountType: "Standard_LRS" },
  });
  test.each<[string, Record<string, unknown>, (size: VmSize) => VmSize]>([
    [
      "its data disks are too many",
      { storageProfile: { osDisk: {}, dataDisks: Array.from({ length: 9 }, (_, index) => disk(index)) } },
      (size) => size,
    ],
    [
      "its network cards are too many",
      { networkProfile: { networkInterfaces: [1, 2, 3].map((id) => ({ id: `/card-${id}` })) } },
      (size) => size,
    ],
    [
      "its zone lacks the size",
      { zones: ["2"] },
      (size) => (size.vcpus < 8 ? { ...size, zones: ["1"] } : size),
    ],
    ["only today's size has a temporary disk", {}, (size) => ({ ...size, temporaryDisk: size.vcpus === 8 })],
    [
      "its generation is not taken",
      { extended: { instanceView: { hyperVGeneration: "V1" } } },
      (size) => (size.vcpus < 8 ? { ...size, hyperVGenerations: ["V2"] } : size),
    ],
    [
      "the architecture is another",
      {},
      (size) => (size.vcpus < 8 ? { ...size, cpuArchitecture: "Arm64" } : size),
    ],
    [
      "the subscription may not use it",
      {},
      (size) => (size.vcpus < 8 ? { ...size, restriction: "NotAvailableForSubscription" } : size),
    ],
    [
      "its system disk is ephemeral",
      { storageProfile: { osDisk: { diffDiskSettings: { option: "Local" } }, dataDisks: [] } },
      (size) => size,
    ],
  ])("%s", (_, properties, change) => {
    const verdict = judge(rule, machine(properties), about({ prices: computeBook({ change }) }));
    expect(verdict.verdict).toBe("fine");
  });

  test("its disks are premium, or its card is accelerated, and the size takes neither", () => {
    const related = (id: string) => {
      if (id === "/os")
        return resource("microsoft.compute/disks", { properties: { sku: { name: "Premium_LRS" } } });
      if (id === "/card")
        return resource("microsoft.network/networkinterfaces", {
          properties: { enableAcceleratedNetworking: true },
        });
      return undefined;
    };
    const premium = machine({ storageProfile: { osDisk: { managedDisk: { id: "/OS" } }, dataDisks: [] } });
    const accelerated = machine({ networkProfile: { networkInterfaces: [{ id: "/card" }] } });
    const without = (part: Partial<VmSize>) =>
      computeBook({ change: (size) => (size.vcpus < 8 ? { ...size, ...part } : size) });
    expect(judge(rule, premium, about({ related, prices: without({ premiumStorage: false }) })).verdict).toBe(
      "fine",
    );
    expect(
      judge(rule, accelerated, about({ related, prices: without({ acceleratedNetworking: false }) })).verdict,
    ).toBe("fine");
    expect(judge(rule, premium, about({ related })).verdict).toBe("waste");
    expect(judge(rule, accelerated, about({ related })).verdict).toBe("waste");
  });

  test.each([[{ status: "deallocated" }], [{ status: "stopped" }], [{ tags: { Role: "DR replica" } }]])(
    "%j",
    (more) => {
      expect(judge(rule, machine({}, more), about()).verdict).toBe("fine");
    },
  );
});

describe("bursts", () => {
  const bursting = (mean: number, freeGib = 5) =>
    usageOf({
      "cpu_percent/maximum": every(24, 98, 15),
      "cpu_percent/average": every(24, 78, mean),
      "memory_available_bytes/average": freeGib * gib,
    });
  const small = machine({ hardwareProfile: { vmSize: "Standard_D2s_v5" } });

  test("go to the cheapest burstable size whose credits carry them", () => {
    expect(target(judge(rule, small, about({ usage: bursting(8) })))).toBe("Standard_B2ls_v2");
    expect(target(judge(rule, small, about({ usage: bursting(8, 3) })))).toBe("Standard_B2s_v2");
  });

  test("not where it works all the time between them, nor on a size of the series", () => {
    expect(judge(rule, small, about({ usage: bursting(14) })).verdict).toBe("fine");
    const eight = usageOf({
      "cpu_percent/maximum": every(24, 98, 15),
      "cpu_percent/average": every(24, 78, 14),
    });
    expect(judge(rule, machine(), about({ usage: eight })).verdict).toBe("fine");
  });
});

describe("what is not known", () => {
  const noMemory = (cpu: number) =>
    usageOf({ "cpu_percent/maximum": cpu, "memory_available_bytes/average": Number.NaN });
  test("memory: only under 15 % CPU, one step, with less confidence", () => {
    const finding = waste(judge(rule, machine(), about({ usage: noMemory(8) })));
    expect(finding.target?.sku).toBe("Standard_D4s_v5");
    expect(finding.confidence).toBeLessThan(waste(judge(rule, machine(), about())).confidence);
    expect(finding.confidenceReasons.join()).toContain("memory is not measured");
    expect(judge(rule, machine(), about({ usage: noMemory(15) })).verdict).toBe("unknown");
  });

  test.each<[string, Parameters<typeof machineFacts>[0]]>([
    ["no metrics", { usage: usageOf({}, { days: 0 }) }],
    [
      "gaps in more than a fifth of the hours",
      { usage: usageOf({ "cpu_percent/maximum": (hour) => (hour.hour < 6 ? Number.NaN : 10) }) },
    ],
    ["no network metrics", { usage: usageOf({ "network_out_bytes/total": Number.NaN }) }],
    ["no sizes", { prices: computeBook({ change: (size) => ({ ...size, name: `${size.name}_x` }) }) }],
    ["no prices", { prices: computeBook({ vm: () => null }) }],
    [
      "only one of the prices",
      {
        prices: computeBook({
          vm: (_, name) => (name === "Standard_D8s_v5" ? computeBook().vm("", name, "Linux") : null),
        }),
      },
    ],
    [
      "how many disks the sizes take",
      { prices: computeBook({ change: (size) => ({ ...size, maxNetworkInterfaces: null }) }) },
    ],
  ])("%s: unknown", (_, more) => {
    const one = machine({ networkProfile: { networkInterfaces: [{ id: "/card" }] } });
    const related = () => resource("microsoft.network/networkinterfaces");
    expect(judge(rule, one, about({ related, ...more })).verdict).toBe("unknown");
  });

  test("throughput lowers the confidence; a short window too; no costs: the saving is unknown", () => {
    const sure = waste(judge(rule, machine(), about())).confidence;
    const unlimited = computeBook({
      change: (size) => ({ ...size, uncachedBytesPerSecond: null, uncachedIops: null }),
    });
    const doubts = waste(judge(rule, machine(), about({ prices: unlimited }))).confidenceReasons.join();
    expect(doubts).toContain("throughput and operations a second");
    const unmeasured = usageOf({ "disk_read_operations_per_second/maximum": Number.NaN });
    expect(waste(judge(rule, machine(), about({ usage: unmeasured }))).confidence).toBeLessThan(sure);
    expect(waste(judge(rule, machine(), about({ usage: usageOf({}, { days: 8 }) }))).confidence).toBeLessThan(
      sure,
    );
    expect(waste(judge(rule, machine(), about({ costs: [] })))).toMatchObject({
      monthlySavings: null,
      currency: null,
    });
  });
});

test("a team that is called web makes no machine a web server", () => {
  const usage = usageOf({ "cpu_percent/maximum": 21 });
  expect(judge(rule, machine({}, { tags: { Team: "web" } }), about({ usage })).verdict).toBe("waste");
});

test("its thresholds are the organization's to change", () => {
  expect(judge(rule, machine(), about(), { memoryPercent: 40 }).verdict).toBe("fine");
  expect(judge(rule, machine(), about(), { loadPercent: 25 }).verdict).toBe("fine");
  const noMemory = usageOf({ "cpu_percent/maximum": 18, "memory_available_bytes/average": Number.NaN });
  expect(judge(rule, machine(), about({ usage: noMemory }), { unmeasuredMemoryCpuPercent: 20 }).verdict).toBe(
    "waste",
  );
});

test("whatever it proposes fits and never saves more than the compute costs", () => {
  const percent = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(
      fc.record({
        cpu: percent,
        mean: percent,
        freeGib: fc.integer({ min: 0, max: 32 }),
        sent: fc.integer({ min: 0, max: 4e11 }),
        daily: fc.integer({ min: 1, max: 9999 }),
      }),
      fc.integer({ min: 0, max: 20 }),
      ({ cpu, mean, freeGib, sent, daily }, disks) => {
        const usage = usageOf(
          {
            "cpu_percent/maximum": cpu,
            "cpu_percent/average": Math.min(mean, cpu),
            "network_out_bytes/total": sent,
            "memory_available_bytes/average": freeGib * gib,
          },
          { days: 8 },
        );
        const one = machine({
          storageProfile: {
            osDisk: { osType: "Linux", managedDisk: { storageAccountType: "Premium_LRS" } },
            dataDisks: Array.from({ length: disks }, () => ({
              managedDisk: { storageAccountType: "Premium_LRS" },
            })),
          },
        });
        const own = dailyCosts(10, String(daily / 100), { service: "Virtual Machines" });
        const verdict = judge(rule, one, about({ usage, costs: own }));
        if (verdict.verdict !== "waste") return;
        const size = computeBook().sizes.sizeOf("", verdict.finding.target!.sku!)!;
        expect((cpu * 8) / size.vcpus).toBeLessThanOrEqual(size.burstable ? 100 : 80);
        expect(32 - freeGib).toBeLessThanOrEqual(size.memoryGib * 0.8);
        expect(disks).toBeLessThanOrEqual(size.maxDataDisks!);
        expect(Number(verdict.finding.monthlySavings)).toBeLessThan((daily / 100) * (365 / 12));
        expect(Number(verdict.finding.monthlySavings)).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 300 },
  );
});
