import fc from "fast-check";
import { expect, test } from "vitest";
import { fuse } from "./fuse.ts";

const found = (key: string) => ({
  key,
  documentKey: key,
  kind: "document" as const,
  title: key,
  source: null,
  body: key,
  score: 1,
});
const keys = (lists: string[][]) => fuse(lists.map((list) => list.map(found))).map(({ key }) => key);

test("what both find comes before what one finds", () => {
  expect(
    keys([
      ["a", "b"],
      ["c", "b"],
    ]),
  ).toEqual(["b", "a", "c"]);
});

test("property: every passage once, and one list keeps its order", () => {
  const list = fc.uniqueArray(fc.constantFrom(..."abcdefgh"));
  fc.assert(
    fc.property(list, list, (one, other) => {
      expect(keys([one])).toEqual(one);
      expect(keys([one, other]).sort()).toEqual([...new Set([...one, ...other])].sort());
    }),
  );
});
