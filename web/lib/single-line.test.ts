import { expect, test } from "vitest";
import { singleLine } from "./single-line.ts";

test("a name cannot reorder, break or feign what is read", () => {
  expect(singleLine("vm-\u202egnp.exe\u202c\nApproved by admin")).toBe("vm- gnp.exe Approved by admin");
  expect(singleLine("vm\u200b-a\u{e0041}\u00addmin\u061c\u2067")).toBe("vm-admin");
  expect(singleLine("\u001b[31mred\u0007")).toBe("[31mred");
});

test("names in any script stay as they are", () => {
  expect(singleLine("vm-übung-東京-ценa 1")).toBe("vm-übung-東京-ценa 1");
});
