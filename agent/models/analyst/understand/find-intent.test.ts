import { describe, expect, it } from "vitest";
import { findIntent, findNotBuilt } from "./find-intent.ts";

describe("findIntent", () => {
  it.each([
    ["which services cost more than $5000 last month", "cost"],
    ["services over 2,500 dollars", "cost"],
    ["biggest cost increases week over week", "compare"],
    ["show me all public IPs that are not attached", "recommendations"],
    ["stop the idle VMs in rg-dev", "change"],
    ["give me the five priciest things we run", "cost"],
  ])("%s: %s", (question, intent) => {
    expect(findIntent(question)).toBe(intent);
  });

  it("says what is not built instead of trying it", () => {
    expect(findNotBuilt("did anything weird happen in September")).toBe("find anomalies");
  });
});
