import { expect, test } from "vitest";
import { homeAddress, type InventoryAddress, readAddress, writeAddress } from "./inventory-address.ts";

const read = (address: string) => {
  const { pathname, searchParams } = new URL(address, "http://localhost");
  return readAddress(pathname, searchParams);
};

test("an address shows what was written into it, also ids with slashes and tags with anything", () => {
  const shown: InventoryAddress = {
    ...homeAddress,
    id: "/subscriptions/1/resourcegroups/rg&x=1/providers/a/b/c#d",
    existence: "gone",
    type: "microsoft.compute/disks",
    tag: "cost center?",
    tagValue: "a & b = ü",
    sort: "name",
    page: 3,
  };
  expect(read(writeAddress(shown))).toEqual(shown);
  expect(read(writeAddress({ ...homeAddress, tag: "Team", untagged: true }))).toMatchObject({
    untagged: true,
  });
  expect(writeAddress(homeAddress)).toBe("/inventory");
});

test("what makes no sense shows what its absence does", () => {
  const nonsense = "/inventory?existence=maybe&sort=loud&page=-2&tagValue=alone&untagged=true";
  expect(read(nonsense)).toEqual(homeAddress);
});
