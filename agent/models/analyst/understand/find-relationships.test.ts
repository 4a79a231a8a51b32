import { expect, test } from "vitest";
import { findIntent } from "./find-intent.ts";
import { findRelationships } from "./find-relationships.ts";

test.each([
  ["which databases are on sql-data-prod?", "sql-data-prod"],
  ["databases of sql-data-prod", "sql-data-prod"],
  ["how many databases does sql-data-prod have", "sql-data-prod"],
  ["what databases sit on sql-data-prod and which is the dearest", "sql-data-prod"],
  ["what network security group guards vm-api-prod-001?", "vm-api-prod-001"],
  ["show the disks of vm-spark-001", "vm-spark-001"],
  ["which VMs are in vnet-data-prod", "vnet-data-prod"],
  ["which nic does vm-spark-001 have", "vm-spark-001"],
  ["how much does vm-spark-001 cost with all its disks?", "vm-spark-001"],
  ["can we get rid of disk-old-002", "disk-old-002"],
  ["could vm-legacy-cms-001 be retired?", "vm-legacy-cms-001"],
  ["what breaks if we remove vnet-data-prod", "vnet-data-prod"],
  ["does anyone still use vm-legacy-cms-001", "vm-legacy-cms-001"],
])("%s: of what belongs together", (text, name) => {
  expect(findIntent(text)).toBe("relationships");
  expect(findRelationships(text)?.name).toBe(name);
});

test.each([
  "can you delete disk-export-003?",
  "how much does storage account stscansprod001 cost",
  "which VMs are in rg-dev",
  "list our VMs",
  "compare vm-a-1 and vm-b-2",
])("%s: not", (text) => {
  expect(findRelationships(text)).toBeUndefined();
});

test.each([
  "Could vm-web-prod-001 be smaller?",
  "should we stop vm-web-prod-001?",
  "vm-spark-001: shut down, resize or reserve - what's best?",
  "what should we do with vm-spark-001",
  "what's wrong with storage account stscansprod001?",
  "why is the saving for vm-invoices-prod-001 only 308?",
  "is vm-cache-prod-001 too large?",
])("%s: what the rules found about it", (text) => {
  expect(findIntent(text)).toBe("why_recommended");
});
