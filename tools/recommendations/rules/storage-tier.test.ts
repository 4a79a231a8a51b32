import { expect, test } from "vitest";
import { price, priceBookOf } from "../../prices/testing.ts";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "../testing.ts";
import rule from "./storage-tier.ts";

const sizes = {
  diskSize: (_: string, tier: string) =>
    ({
      P30: { tier: "P30", sku: "Premium_LRS", sizeGib: 1024, iops: 5000, mebibytesPerSecond: 200 },
      P50: { tier: "P50", sku: "Premium_LRS", sizeGib: 4096, iops: 7500, mebibytesPerSecond: 250 },
      E30: { tier: "E30", sku: "StandardSSD_LRS", sizeGib: 1024, iops: 500, mebibytesPerSecond: 60 },
    })[tier] ?? null,
};
const monthly: Record<string, string> = { P30: "135", P50: "495" };
const blob = (data: string, write: string, earlyDeletionDays: number) => ({
  data: price(data, "gib_month"),
  writeOperations: price(write, "ten_thousand_operations"),
  readOperations: null,
  retrieval: null,
  earlyDeletionDays,
});
const prices = priceBookOf({
  sizes,
  managedDisk: (_, tier) => price(monthly[tier] ?? "76.95", "month"),
  blob: (_, __, tier) =>
    tier === "Hot"
      ? blob("0.02", "0.05", 0)
      : tier === "Cool"
        ? blob("0.01", "0.1", 30)
        : blob("0.004", "0.18", 90),
});
const disk = (properties: Record<string, unknown> = {}) =>
  resource("microsoft.compute/disks", {
    properties: {
      sku: { name: "Premium_LRS" },
      tier: "P30",
      managedBy: "/subscriptions/s/vm",
      ...properties,
    },
  });
const works = (operations: number | ((hour: Temporal.ZonedDateTime) => number), more = {}) =>
  facts({
    prices,
    costs: dailyCosts(30, "4.44"),
    usage: hourlyUsage({
      "disk_read_operations_per_second/maximum": operations,
      "disk_write_operations_per_second/maximum": 10,
      "disk_read_bytes_per_second/maximum": 1e6,
      "disk_write_bytes_per_second/maximum": 1e6,
    }),
    ...more,
  });

test("a premium disk that hardly works becomes a standard SSD of its size", () => {
  const finding = waste(judge(rule, disk(), works(60)));
  expect(finding).toMatchObject({ type: "storage_tier", target: { sku: "E30" }, confidence: 0.85 });
  expect(Number(finding.monthlySavings)).toBeCloseTo(135.05 * (1 - 76.95 / 135), 1);
});

test("one whose performance tier was raised becomes a standard SSD of its size, not of its tier", () => {
  const raised = disk({ tier: "P50", diskSizeGB: 1000 });
  const finding = waste(judge(rule, raised, works(60)));
  expect(finding).toMatchObject({ target: { sku: "E30" } });
  expect(Number(finding.monthlySavings)).toBeCloseTo(135.05 * (1 - 76.95 / 495), 1);
});

test("a disk's tier follows from its size where it is not told", () => {
  const untold = disk({ tier: undefined, diskSizeGB: 1000 });
  expect(waste(judge(rule, untold, works(60)))).toMatchObject({ target: { sku: "E30" } });
});

test.each<[string, ReturnType<typeof disk>, ReturnType<typeof works>]>([
  ["works for an hour a night", disk(), works(({ hour }) => (hour === 2 ? 3500 : 60))],
  ["works", disk(), works(400)],
  ["is no premium disk", disk({ sku: { name: "StandardSSD_LRS" } }), works(1)],
  ["is a system disk", disk({ osType: "Linux" }), works(1)],
  ["is unattached", disk({ managedBy: undefined }), works(1)],
])("one that %s is fine", (_, resource, about) => {
  expect(judge(rule, resource, about).verdict).toBe("fine");
});

test("without measurements, tier or prices: unknown", () => {
  expect(judge(rule, disk(), facts({ prices })).verdict).toBe("unknown");
  expect(judge(rule, disk({ tier: undefined, diskSizeGB: undefined }), works(1)).verdict).toBe("unknown");
  expect(judge(rule, disk(), works(1, { prices: priceBookOf({ sizes }) })).verdict).toBe("unknown");
});

const account = (properties: Record<string, unknown> = {}) =>
  resource("microsoft.storage/storageaccounts", {
    properties: { kind: "StorageV2", sku: { name: "Standard_LRS" }, accessTier: "Hot", ...properties },
  });
const unread = (writesAnHour: number, reads: (hour: Temporal.ZonedDateTime) => number, days = 90) =>
  facts({
    prices,
    costs: dailyCosts(30, "0.68"),
    usage: hourlyUsage(
      {
        "storage_bytes/average": 1024 ** 4,
        "transactions/total": writesAnHour,
        "read_transactions/total": reads,
      },
      days,
    ),
  });
const before = (day: string) => (hour: Temporal.ZonedDateTime) =>
  hour.toPlainDate().toString() < day ? 500 : Number.NaN;

test("unread for 30 days: cool; for 90: cold; its writes are reckoned with", () => {
  const cool = waste(judge(rule, account(), unread(20, before("2026-08-20"))));
  expect(cool.target?.sku).toBe("Cool");
  const hot = 1024 * 0.02 + (14_600 / 10_000) * 0.05;
  const after = 1024 * 0.01 + (14_600 / 10_000) * 0.1;
  expect(Number(cool.monthlySavings)).toBeCloseTo(((0.68 * 365) / 12) * (1 - after / hot), 1);
  expect(waste(judge(rule, account(), unread(20, before("2026-07-01")))).target?.sku).toBe("Cold");
});

test("with 30 days of history nobody can say 90: cool", () => {
  expect(waste(judge(rule, account(), unread(20, before("2026-07-01"), 30))).target?.sku).toBe("Cool");
});

test.each<[string, ReturnType<typeof account>, ReturnType<typeof unread>]>([
  [
    "is read once a week",
    account(),
    unread(20, ({ dayOfWeek, hour }) => (dayOfWeek === 1 && hour === 6 ? 9 : 0)),
  ],
  ["is written too much", account(), unread(5_000_000, before("2026-07-01"))],
  ["is cool already", account({ accessTier: "Cool" }), unread(20, before("2026-07-01"))],
  [
    "is premium",
    account({ kind: "BlockBlobStorage", sku: { name: "Premium_LRS" } }),
    unread(20, before("2026-07-01")),
  ],
])("an account that %s is fine", (_, resource, about) => {
  expect(judge(rule, resource, about).verdict).toBe("fine");
});

test("an account that is not measured is unknown", () => {
  expect(judge(rule, account(), facts({ prices })).verdict).toBe("unknown");
});
