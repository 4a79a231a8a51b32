import { expect, test } from "vitest";
import { facts, judge, resource, waste } from "../testing.ts";
import rule from "./orphaned-nic.ts";

const card = (properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.network/networkinterfaces", {
    properties: { ipConfigurations: [{ name: "ipconfig1" }], ...properties },
    ...more,
  });

test("a card that nothing owns is waste that costs nothing", () => {
  expect(waste(judge(rule, card(), facts()))).toMatchObject({
    type: "orphaned_nic",
    monthlySavings: "0",
    annualSavings: "0",
    currency: "USD",
    effects: [],
    confidence: 0.9,
  });
});

test.each<[string, Record<string, unknown>, object]>([
  ["a machine owns it", { virtualMachine: { id: "/subscriptions/s/vm" } }, {}],
  ["a private endpoint owns it", { privateEndpoint: { id: "/subscriptions/s/pe" } }, {}],
  ["a private link service owns it", { privateLinkService: { id: "/subscriptions/s/pls" } }, {}],
  ["a service manages it", { managedBy: "/subscriptions/s/netapp" }, {}],
  ["a hosted service uses it", { hostedWorkloads: ["/subscriptions/s/gateway"] }, {}],
  ["it is being made", { provisioningState: "Updating" }, {}],
  ["it waits for a failover", {}, { tags: { Role: "DR" } }],
])("is left alone when %s", (_, properties, more) => {
  expect(judge(rule, card(properties, more), facts()).verdict).toBe("fine");
});

test("is left alone when a machine says that it uses it", () => {
  const used = facts({ usedBy: (kind) => (kind === "network_interface" ? ["/subscriptions/s/vm"] : []) });
  expect(judge(rule, card(), used).verdict).toBe("fine");
});
