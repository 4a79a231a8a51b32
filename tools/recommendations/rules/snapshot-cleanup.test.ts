import { expect, test } from "vitest";
import { dailyCosts, facts, judge, resource, waste } from "../testing.ts";
import rule from "./snapshot-cleanup.ts";

const disk = resource("microsoft.compute/disks", {
  id: "/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/disks/disk-1",
  name: "disk-1",
});
const snapshot = (created: string | undefined, more = {}) =>
  resource("microsoft.compute/snapshots", {
    properties: {
      timeCreated: created,
      creationData: { createOption: "Copy", sourceResourceId: disk.id.toUpperCase() },
    },
    ...more,
  });
const newer = { ...snapshot("2026-09-30T01:00:00Z"), id: "/subscriptions/s/newer", name: "snap-newer" };
const older = { ...snapshot("2026-01-30T01:00:00Z"), id: "/subscriptions/s/older", name: "snap-older" };

/** An inventory of these resources, every snapshot of which is of the disk. */
const among = (...resources: (typeof disk)[]) =>
  facts({
    costs: dailyCosts(30, "0.2"),
    related: (id) => resources.find((known) => known.id === id.toLowerCase()),
    isThere: (id) =>
      resources.some((known) => known.id === id.toLowerCase()) || (/\/unread\//i.test(id) ? null : false),
    usedBy: (kind, id) =>
      kind === "source_disk" && id === disk.id
        ? resources.filter((one) => one !== disk).map(({ id }) => id)
        : [],
  });

test("with a newer one of the same disk, from 30 days on", () => {
  const finding = waste(judge(rule, snapshot("2026-09-05T03:00:00Z"), among(disk, newer)));
  expect(finding).toMatchObject({ monthlySavings: "6.08", risk: "high", confidence: 0.9 });
  expect(finding.description).toContain("snap-newer");
  expect(judge(rule, snapshot("2026-09-06T03:00:00Z"), among(disk, newer)).verdict).toBe("fine");
});

test("whose disk is gone, from 90 days on", () => {
  const finding = waste(judge(rule, snapshot("2026-07-07T03:00:00Z"), among()));
  expect(finding).toMatchObject({ risk: "high", confidence: 0.85 });
  expect(judge(rule, snapshot("2026-07-08T03:00:00Z"), among()).verdict).toBe("fine");
});

test.each<[string, ReturnType<typeof snapshot>, ReturnType<typeof among>]>([
  ["is the only one of its disk", snapshot("2025-01-01T00:00:00Z"), among(disk)],
  ["is the newest of its disk", snapshot("2026-08-01T00:00:00Z"), among(disk, older)],
  [
    "is retained by a tag",
    snapshot("2025-01-01T00:00:00Z", { tags: { retention: "7y" } }),
    among(disk, newer),
  ],
  [
    "a backup service manages",
    snapshot("2025-01-01T00:00:00Z", { name: "AzureBackup_vm-1_8812" }),
    among(disk, newer),
  ],
  [
    "an image is made of",
    snapshot("2025-01-01T00:00:00Z"),
    { ...among(), usedBy: (kind) => (kind === "source_snapshot" ? ["/subscriptions/s/image"] : []) },
  ],
  [
    "undoes a change of ours",
    snapshot("2025-01-01T00:00:00Z", { tags: { "cloudoptima-undo": disk.id } }),
    among(),
  ],
])("one that %s is kept", (_, resource, inventory) => {
  expect(judge(rule, resource, inventory).verdict).toBe("fine");
});

test("a disk in another subscription is looked for there; where nobody reads, nothing is known", () => {
  const elsewhere = snapshot("2025-01-01T00:00:00Z");
  elsewhere.id = elsewhere.id.replace("/s/", "/other/");
  expect(judge(rule, elsewhere, among(disk)).verdict).toBe("fine");
  const gone = waste(judge(rule, elsewhere, among()));
  expect(gone.confidence).toBeLessThan(0.85);
  elsewhere.properties.creationData = { sourceResourceId: disk.id.replace("/s/", "/unread/") };
  expect(judge(rule, elsewhere, among()).verdict).toBe("unknown");
});

test("nothing is known of a snapshot without an age", () => {
  expect(judge(rule, snapshot(undefined), among()).verdict).toBe("unknown");
});
