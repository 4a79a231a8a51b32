import { describe, expect, test } from "vitest";
import { diskBlobId, diskBlobType } from "../clouds/disk-blob-id.ts";
import { priceBookOf } from "../prices/testing.ts";
import type { JudgedResource } from "./judged-resource.ts";
import rule from "./rules/unattached-disk.ts";
import { dailyCosts, facts, judge, resource, waste } from "./testing.ts";

const gib = 1024 ** 3;
const account = "/subscriptions/s/resourcegroups/rg/providers/microsoft.storage/storageaccounts/stold";

function blob(properties: Record<string, unknown> = {}, more: Partial<JudgedResource> = {}): JudgedResource {
  const name = more.name ?? "left.vhd";
  return resource(diskBlobType, {
    id: diskBlobId(account, "vhds", name),
    name,
    status: "unleased",
    properties: {
      account: "stold",
      container: "vhds",
      blob: name,
      sizeBytes: 100 * gib,
      leaseState: "available",
      lastModified: "2026-01-05T04:05:06.000Z",
      metadata: {},
      sku: { name: "Standard_LRS" },
      kind: "StorageV2",
      ...properties,
    },
    ...more,
  });
}

const prices = priceBookOf({
  pageBlob: (_region, redundancy, generation) => ({
    value: redundancy === "LRS" ? (generation === 2 ? "0.045" : "0.05") : "0.06",
    currency: "USD",
    unit: "gib_month",
  }),
});
const around = (more = {}) => facts({ prices, costs: dailyCosts(30, "3"), ...more });

test("an unleased disk saves its size at the list price, said to be an estimate, as a part of its account's cost", () => {
  const finding = waste(judge(rule, blob(), around()));
  expect(finding).toMatchObject({
    type: "unattached_disk",
    title: "Delete unattached unmanaged disk left.vhd",
    monthlySavings: "4.5",
    annualSavings: "54",
    currency: "USD",
    remediation: null,
    confidence: 0.75,
    effects: [
      {
        resourceId: account,
        component: "storage",
        monthlyCost: "91.25",
        change: { kind: "amount", monthlySavings: "4.5" },
      },
    ],
  });
  expect(finding.basis).toMatch(/^An estimate: size × list price/);
  expect(finding.confidenceReasons).toContainEqual(expect.stringContaining("what of it was written"));
  expect(finding.evidence).toContainEqual({
    label: "Last written",
    value: "2026-01-05",
    unit: "date",
    window: null,
  });
  expect(finding.steps.at(-1)).toContain("container vhds, left.vhd");
});

test("by the account's copies and generation", () => {
  const saved = (sku: string, kind: string) =>
    waste(judge(rule, blob({ sku: { name: sku }, kind }), around())).monthlySavings;
  expect(saved("Standard_LRS", "Storage")).toBe("5");
  expect(saved("Standard_RAGRS", "StorageV2")).toBe("6");
});

test("all disks of an account together save no more than its storage costs, those in use counted", () => {
  const others = [
    blob({ sizeBytes: 200 * gib }, { name: "used.vhd", status: "leased" }),
    blob({ sizeBytes: 100 * gib }, { name: "left-too.vhd" }),
  ];
  const byId = new Map(others.map((one) => [one.id, one]));
  // 400 GiB would be 18 a month by list; the account costs 9.125, of which this disk is a quarter.
  const finding = waste(
    judge(
      rule,
      blob(),
      around({
        costs: [...dailyCosts(30, "0.3"), ...dailyCosts(30, "50", { service: "Bandwidth" })],
        usedBy: (kind: string, id: string) =>
          kind === "storage_account" && id === account ? [...byId.keys()] : [],
        related: (id: string) => byId.get(id),
      }),
    ),
  );
  expect(finding.monthlySavings).toBe("2.28");
  expect(finding.effects[0]).toMatchObject({ monthlyCost: "9.125" });
});

test.each<[string, Record<string, unknown>, object]>([
  ["of a premium disk", { sku: { name: "Premium_LRS" } }, {}],
  ["without a list price", {}, { prices: priceBookOf({}) }],
  ["without costs of the account", {}, { costs: [], costsUntil: null }],
  [
    "where the account is billed in another currency",
    {},
    { costs: dailyCosts(30, "3", { currency: "EUR" }) },
  ],
])("%s there is no figure, and it says so", (_what, properties, more) => {
  const finding = waste(judge(rule, blob(properties), around(more)));
  expect(finding).toMatchObject({ monthlySavings: null, currency: null, effects: [] });
  expect(finding.basis).toMatch(/^No figure/);
});

describe("is left alone when", () => {
  test.each<[string, Record<string, unknown>, object]>([
    ["somebody leases it", { leaseState: "leased" }, { status: "leased" }],
    ["it was written six days ago", { lastModified: "2026-09-29T12:00:00Z" }, {}],
    ["it is a seed of some megabytes", { sizeBytes: gib - 1 }, {}],
    ["its size is not told", { sizeBytes: null }, {}],
    ["it is an image by its metadata", { metadata: { microsoftazurecompute_osstate: "Generalized" } }, {}],
    ["it lies among images", { container: "system", blob: "Microsoft.Compute/Images/vhds/a.vhd" }, {}],
    ["it lies among templates", { container: "templates" }, {}],
    ["its metadata retain it", { metadata: { retention: "7y" } }, {}],
    ["its account is for backups", {}, { tags: { Purpose: "backup" } }],
    ["its container is Site Recovery's", { container: "asr-vm1" }, {}],
  ])("%s", (_what, properties, more) => {
    expect(judge(rule, blob(properties, more), around()).verdict).toBe("fine");
  });

  test("a machine names it, though nothing leases it", () => {
    const named = around({ usedBy: (kind: string) => (kind === "disk_blob" ? ["/subscriptions/s/vm"] : []) });
    expect(judge(rule, blob(), named).verdict).toBe("fine");
  });
});

test("when it was last written must be told, and how long ago is a threshold", () => {
  expect(judge(rule, blob({ lastModified: null }), around()).verdict).toBe("unknown");
  expect(judge(rule, blob(), around(), { detachedDays: 365 }).verdict).toBe("fine");
});
