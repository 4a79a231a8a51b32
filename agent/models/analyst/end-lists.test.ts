import { expect, test } from "vitest";
import { endLists } from "./end-lists.ts";

test("what follows a list is no part of its last item, and the items stay one list", () => {
  expect(endLists("Owners:\n- a: 1\n- b: 2\nIt cost 3.\n")).toBe("Owners:\n- a: 1\n- b: 2\n\nIt cost 3.\n");
  expect(endLists("- a\n*(estimate)*\n")).toBe("- a\n\n*(estimate)*\n");
});

test("what ends, is set apart already, or is a part of an item stays as it is", () => {
  for (const text of ["- a\n- b\n", "- a\n\nNext: More\n", "- a\n  more of it\n- b\n", "One - two\nthree\n"])
    expect(endLists(text)).toBe(text);
});
