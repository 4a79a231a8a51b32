import { expect, test } from "vitest";
import { goesTo, readShares, splitNames, takes } from "./rule-words.ts";

const nothing = {
  tagKey: null,
  tagValue: null,
  namePattern: null,
  subscriptions: [],
  resourceGroups: [],
  services: [],
};

test("a rule is told as a sentence", () => {
  const match = { ...nothing, resourceGroups: ["rg-hub", "rg-net"], namePattern: "log-*" };
  expect(takes({ costs: "untagged", match })).toBe(
    "Untagged cost named log-*, and of resource groups rg-hub or rg-net",
  );
  expect(takes({ costs: "shared", match: { ...nothing, tagKey: "Team", tagValue: "platform" } })).toBe(
    "All cost tagged Team = platform",
  );
  expect(goesTo({ split: "fixed", shares: [{ team: "web", percent: "100" }], teams: [] })).toBe("web 100 %");
  expect(goesTo({ split: "proportional", shares: [], teams: [] })).toBe(
    "all teams in proportion to their own cost",
  );
});

test("shares are read as they are typed; what is none says so", () => {
  expect(readShares("web 60, data team: 39.5 % ,x=0.5")).toEqual([
    { team: "web", percent: "60" },
    { team: "data team", percent: "39.5" },
    { team: "x", percent: "0.5" },
  ]);
  expect(readShares("web 60, data")).toContain("“data”");
  expect(splitNames(" a, ,b c ")).toEqual(["a", "b c"]);
});
