import { describe, expect, test } from "vitest";
import { dailyCosts, facts, judge, resource, waste } from "../testing.ts";
import rule from "./unattached-disk.ts";

const disk = (properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.compute/disks", {
    properties: {
      diskState: "Unattached",
      diskSizeGB: 128,
      LastOwnershipUpdateTime: "2026-08-01T10:00:00Z",
      ...properties,
    },
    ...more,
  });

test("a forgotten disk saves its mean daily cost x 365/12 a month", () => {
  const finding = waste(judge(rule, disk(), facts()));
  expect(finding).toMatchObject({
    type: "unattached_disk",
    monthlySavings: "36.5",
    annualSavings: "438",
    currency: "USD",
    impact: "medium",
    confidence: 0.95,
  });
  expect(finding.evidence.find(({ unit }) => unit === "date")).toMatchObject({ value: "2026-08-01" });
  expect(finding.counterEvidence.every(({ found }) => found === null)).toBe(true);
});

test("only days in the state count: costs before the detach do not", () => {
  const detached = disk({ LastOwnershipUpdateTime: "2026-09-20T23:00:00Z" });
  const costs = dailyCosts(60, "1").map((cost) =>
    cost.day <= "2026-09-20" ? { ...cost, effective: "9", billed: "9" } : cost,
  );
  expect(waste(judge(rule, detached, facts({ costs })))).toMatchObject({ monthlySavings: "30.41" });
});

test("few days in the state, an unknown detach and a backup tag each lower the confidence", () => {
  const recent = disk({ LastOwnershipUpdateTime: "2026-09-27T01:00:00Z" });
  expect(waste(judge(rule, recent, facts())).confidence).toBe(0.8);
  const unknown = disk({ LastOwnershipUpdateTime: undefined, timeCreated: "2025-01-01T00:00:00Z" });
  expect(waste(judge(rule, unknown, facts())).confidence).toBe(0.8);
  const tagged = disk({}, { tags: { Backup: "daily" } });
  expect(waste(judge(rule, tagged, facts())).confidence).toBe(0.8);
});

test("a time that is none is as one that is not told", () => {
  const garbled = disk({ LastOwnershipUpdateTime: "yesterday", timeCreated: "2026-02-29" });
  expect(waste(judge(rule, garbled, facts())).confidence).toBe(0.8);
});

test("without cost data the saving is unknown, not zero", () => {
  expect(waste(judge(rule, disk(), facts({ costs: [], costsUntil: null })))).toMatchObject({
    monthlySavings: null,
    currency: null,
  });
});

describe("is left alone when", () => {
  test.each<[string, Record<string, unknown>, object]>([
    ["a machine owns it", { managedBy: "/subscriptions/s/x", diskState: "Attached" }, {}],
    ["its machine is deallocated", { diskState: "Reserved" }, {}],
    ["someone reads it over a SAS", { diskState: "ActiveSAS" }, {}],
    ["it was detached 6 days ago", { LastOwnershipUpdateTime: "2026-09-29T12:00:00Z" }, {}],
    [
      "it was made yesterday",
      { LastOwnershipUpdateTime: undefined, timeCreated: "2026-10-04T01:00:00Z" },
      {},
    ],
    ["Site Recovery tagged it", {}, { tags: { "ASR-ReplicaDisk": "vm-1" } }],
    ["its name says Site Recovery", {}, { name: "vm-1-ASRReplica" }],
    ["its group is one of Site Recovery", {}, { resourceGroup: "rg-shop-asr" }],
    ["its group is a cluster's own", {}, { resourceGroup: "mc_rg_aks_westeurope" }],
    ["it is a Kubernetes volume by tag", {}, { tags: { "kubernetes.io-created-for-pv-name": "pv-1" } }],
    ["it is a Kubernetes volume by name", {}, { name: "pvc-4b2c" }],
    ["a backup vault keeps it", {}, { tags: { RSVaultBackup: "rsv-platform" } }],
    ["a tag says disaster recovery", {}, { tags: { Purpose: "disaster recovery" } }],
    ["a tag says retain", {}, { tags: { retention: "7y" } }],
    ["a tag says until when to keep it", {}, { tags: { "keep-until": "2027-01-01" } }],
    ["a tag says to keep it", {}, { tags: { cleanup: "keep" } }],
    ["a backup tool made it", {}, { tags: { "created-by": "velero" } }],
    ["it is the passive side", {}, { tags: { BCDR: "secondary" } }],
  ])("%s", (_, properties, more) => {
    expect(judge(rule, disk(properties, more), facts()).verdict).toBe("fine");
  });
});

test("where its state is not told, that nobody uses it tells", () => {
  expect(judge(rule, disk({ diskState: undefined }), facts()).verdict).toBe("waste");
  const used = facts({ usedBy: (kind) => (kind === "disk" ? ["/subscriptions/s/vm"] : []) });
  expect(judge(rule, disk({ diskState: undefined }), used).verdict).toBe("fine");
});

test.each([
  [{ "dr-role": "primary" }],
  [{ DR: "no" }],
  [{ Backup: "false" }],
  [{ drive: "data" }],
  [{ Application: "android" }],
  [{ Team: "backoffice" }],
  [{ Owner: "pedro" }],
  [{ keep: "no" }],
  [{ keeper: "ann" }],
])("the tag %j keeps nothing", (tags) => {
  expect(judge(rule, disk({}, { tags }), facts()).verdict).toBe("waste");
});
