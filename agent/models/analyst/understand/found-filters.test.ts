import { expect, test } from "vitest";
import { isExcluded } from "./found-filters.ts";
import { TextMask } from "./text-mask.ts";

const before = (text: string, name: string) => isExcluded(new TextMask(text), text.indexOf(name));

test.each([
  ["cost without Storage", "Storage"],
  ["spend outside of West Europe in September", "West Europe"],
  ["everything but virtual machines", "virtual machines"],
  ["cost not in the region North Europe", "North Europe"],
  ["all apart from the team web", "web"],
  ["without virtual machines and Storage", "Storage"],
  ["excluding Storage, Bandwidth or Key Vault", "Key Vault"],
  ["region != westeurope", "westeurope"],
])("%s leaves %s out", (text, name) => {
  expect(before(text, name)).toBe(true);
});

test.each([
  ["cost of Storage", "Storage"],
  ["why did Storage not go up in West Europe", "West Europe"],
  ["without tax, for Storage", "Storage"],
  ["cost without Storage in West Europe", "West Europe"],
  ["Storage and Bandwidth, not by region", "Bandwidth"],
])("%s keeps %s", (text, name) => {
  expect(before(text, name)).toBe(false);
});
