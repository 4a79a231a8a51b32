import { describe, expect, it } from "vitest";
import type { LiveResource } from "../clouds/cloud.ts";
import addTags from "./actions/add-tags.action.ts";
import { isProduction } from "./is-production.ts";
import { requiredApprovers } from "./may-decide.ts";

describe("how many must approve", () => {
  const low = { risk: "low", reversible: true, selfApproval: false, proposedVia: "session" } as const;
  const many = { otherApproverCount: 3, singleApproverAllowed: true };

  it("is one for what is not grave, and two for what is", () => {
    expect(requiredApprovers(low, many)).toBe(1);
    expect(requiredApprovers({ ...low, risk: "medium" }, many)).toBe(1);
    expect(requiredApprovers({ ...low, risk: "high" }, many)).toBe(2);
    expect(requiredApprovers({ ...low, reversible: false }, many)).toBe(2);
  });

  it("is two where nobody proved who proposed, unless people may approve such plans for themselves", () => {
    for (const proposedVia of ["local", "mcp"] as const) {
      expect(requiredApprovers({ ...low, proposedVia }, many)).toBe(2);
      expect(requiredApprovers({ ...low, risk: "medium", proposedVia }, many)).toBe(2);
      expect(requiredApprovers({ ...low, selfApproval: true, proposedVia }, many)).toBe(1);
    }
    expect(requiredApprovers({ ...low, proposedVia: "api_key" }, many)).toBe(1);
  });

  it("is one for a grave plan only where fewer others could approve it and the organization says so", () => {
    const grave = { ...low, risk: "high" } as const;
    expect(requiredApprovers(grave, { otherApproverCount: 1, singleApproverAllowed: true })).toBe(1);
    expect(requiredApprovers(grave, { otherApproverCount: 1, singleApproverAllowed: false })).toBe(2);
    expect(requiredApprovers(grave, { otherApproverCount: 2, singleApproverAllowed: true })).toBe(2);
  });
});

describe("what counts as production", () => {
  const machine = (tags: Record<string, string>, name = "vm-prod-001") =>
    isProduction({ name, resourceGroup: "rg-prod", tags } as unknown as LiveResource);

  it.each([
    ["any environment tag says so, in whichever order", { tier: "web", Environment: "production" }, true],
    ["one tag says another environment", { Environment: "staging" }, false],
    ["none says an environment, and the name does", { env: "", Tier: "gold" }, true],
    ["it is said not to be", { env: "non-production" }, false],
  ])("%s", (_what, tags, expected) => {
    expect(machine(tags)).toBe(expected);
    expect(machine(Object.fromEntries(Object.entries(tags).toReversed()))).toBe(expected);
  });
});

describe("a tag that a plan may set", () => {
  it.each([
    ["a NUL", { name: "X", value: "a\0b" }],
    ["a direction in its name", { name: "Ow\u202ener", value: "x" }],
    ["a name that no record holds", { name: "__proto__", value: "x" }],
  ])("has no %s", (_what, tag) => {
    expect(addTags.input.safeParse({ resources: ["vm-1"], tags: [tag] }).success).toBe(false);
    const fine = { resources: ["vm-1"], tags: [{ name: "Owner", value: "Ünï 東京" }] };
    expect(addTags.input.safeParse(fine).success).toBe(true);
  });
});
