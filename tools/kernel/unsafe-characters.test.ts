import { expect, test } from "vitest";
import { oneLine, spelledJson, visibleLine } from "./unsafe-characters.ts";

test("a name cannot reorder, break or feign what is read", () => {
  expect(visibleLine("vm-\u202egnp.exe\u202c\nApproved by admin")).toBe("vm-gnp.exe Approved by admin");
  expect(visibleLine("vm\u200b-a\u{e0041}\u00addmin\u061c\u2067")).toBe("vm-admin");
  expect(visibleLine("\u001b[31mred\u0007")).toBe("[31mred");
});

test("names in any script stay as they are, and emoji stay joined where people only read", () => {
  expect(visibleLine("vm-übung-東京-ценa 1")).toBe("vm-übung-東京-ценa 1");
  expect(oneLine("👩‍💻\u2028team")).toBe("👩‍💻 team");
});

test("JSON spells out what nobody sees, and has the same value", () => {
  const value = { name: "a\u202eb", other: "a\u200bb\u{e0041}\u0001" };
  const spelled = spelledJson(value, 2);
  expect(spelled).toBe('{\n  "name": "a\\u202eb",\n  "other": "a\\u200bb\\udb40\\udc41\\u0001"\n}');
  expect(JSON.parse(spelled)).toEqual(value);
});
