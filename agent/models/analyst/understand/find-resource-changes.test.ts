import { describe, expect, test } from "vitest";
import { findIntent } from "./find-intent.ts";
import { changedThing, changeKind } from "./find-resource-changes.ts";

describe("what happened to things", () => {
  test.each([
    ["what happened to vm-web-1?", "vm-web-1"],
    ["What has changed on the disk-data-2", "disk-data-2"],
    ["who deleted disk-12?", "disk-12"],
    ["when was vm-shop-3 last resized?", "vm-shop-3"],
    ["when did someone stop vm-shop-3", "vm-shop-3"],
    ["history of 'pip-old-1'", "pip-old-1"],
  ])("%s", (text, thing) => {
    expect([findIntent(text), changedThing(text)]).toEqual(["resource_changes", thing]);
  });

  test.each([
    ["which resources were created last week?", { kind: "created" }],
    ["what was deleted in October", { kind: "gone" }],
    ["have any disks disappeared since Monday", { kind: "gone" }],
    ["which VMs were resized this month", { category: "size" }],
    ["whose tags were changed yesterday", { category: "tag" }],
    ["what changed in our environment in the last 3 days?", {}],
    ["did anyone delete a snapshot this week?", { kind: "gone" }],
    ["what changed last week", {}],
    ["What changed in the last 14 days?", {}],
    ["who changed what last week", {}],
    ["what changed last week and who did it?", {}],
    ["which changes were made last week, and by whom", {}],
    ["who made changes to our resources last week", {}],
    ["who scaled databases this month", { category: "size" }],
    ["which tags were edited last week", { category: "tag" }],
    ["who deleted snapshots since Monday?", { kind: "gone" }],
  ])("%s", (text, kind) => {
    expect([findIntent(text), changeKind(text)]).toEqual(["resource_changes", kind]);
  });

  test.each([
    "what changed in our bill last month",
    "why was storage more expensive in October",
    "what happened to our spend in May",
    "delete disk-1",
    "list deallocated VMs",
    "which VMs are stopped",
    "which changes were made last week",
    "what happened last month",
    "what changed last month",
    "What changed in October 2026 and why?",
    "what changed last week in our costs",
    "what changed our bill last week, and who made it",
    "who spent the most last week",
    "which disks can be deleted",
    "when was the data last updated",
    "what was saved by the changes that were made",
    "how has our virtual machines cost developed since March",
    "which services were added to the bill",
  ])("not: %s", (text) => {
    expect(findIntent(text)).not.toBe("resource_changes");
  });
});
