import { expect, test } from "vitest";
import { homeAddress, type PageAddress, readAddress, writeAddress } from "./page-address.ts";

const read = (address: string) => {
  const { pathname, searchParams } = new URL(address, "http://localhost");
  return readAddress(pathname, searchParams);
};

test("an address shows what it was written for", () => {
  const shown: PageAddress = {
    id: "7b1e",
    part: "plan",
    status: "dismissed",
    type: "idle_vm",
    risk: "high",
    effort: "hard",
    subscription: "sub-1",
    text: "vm & disk=1",
    sort: "risk",
    page: 3,
    riskUpTo: "high",
    effortUpTo: "easy",
    span: "last quarter",
  };
  expect(read(writeAddress(shown))).toEqual(shown);
  expect(read(writeAddress(homeAddress))).toEqual(homeAddress);
});

test("the page as it opens has the shortest address", () => {
  expect(writeAddress(homeAddress)).toBe("/recommendations");
  expect(writeAddress({ ...homeAddress, id: "7b1e", page: 2 })).toBe("/recommendations/7b1e?page=2");
});

test("what makes no sense in an address is as if it were not there", () => {
  const odd =
    "?status=gone&type=toString&sort=__proto__&risk=&page=-1&part=x&riskUpTo=none&effortUpTo=&span=ever";
  expect(read(`/recommendations${odd}`)).toEqual(homeAddress);
  for (const page of ["0", "1.5", "NaN", "1e9"]) expect(read(`/recommendations?page=${page}`).page).toBe(1);
});
