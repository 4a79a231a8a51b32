import { expect, test } from "vitest";
import { findAgeAndSize } from "./find-age-and-size.ts";

test.each([
  ["snapshots older than 90 days", { olderThanDays: 90, orderBy: "age" }],
  ["which disks are more than two months old?", { olderThanDays: 60, orderBy: "age" }],
  ["snapshots that were taken over a year ago", { olderThanDays: 365, orderBy: "age" }],
  ["how old are our snapshots", { orderBy: "age" }],
  ["oldest disk in rg-data-prod", { orderBy: "age" }],
  ["which disks are bigger than 500 GB", { minimumGib: 500, orderBy: "size" }],
  ["disks over 2 TB", { minimumGib: 2048, orderBy: "size" }],
  ["biggest disk", { orderBy: "size" }],
])("%s", (text, expected) => {
  expect(findAgeAndSize(text)).toEqual(expected);
});

test.each([
  "how old is the data",
  "VMs over $500",
  "which disks cost more than 90 dollars",
  "largest disks by cost",
  "old snapshots",
  "biggest VM",
])("%s asks for neither", (text) => {
  expect(findAgeAndSize(text)).toBeUndefined();
});
