import { describe, expect, it } from "vitest";
import { findIntent, findNotBuilt } from "./find-intent.ts";

describe("findIntent", () => {
  it.each([
    ["which services cost more than $5000 last month", "cost"],
    ["services over 2,500 dollars", "cost"],
    ["biggest cost increases week over week", "compare"],
    ["show me all public IPs that are not attached", "recommendations"],
    ["stop the idle VMs in rg-dev", "change"],
    ["switch vm-dev-004 off every night", "change"],
    ["please turn the old vm-web-1 off", "change"],
    ["which machines can we turn off at night", "recommendations"],
    ["which VMs are switched off", "search"],
    ["give me the five priciest things we run", "cost"],
  ])("%s: %s", (question, intent) => {
    expect(findIntent(question)).toBe(intent);
  });

  it("says what is not built instead of trying it", () => {
    expect(findNotBuilt("did anything weird happen in September")).toBe("find anomalies");
  });
});
