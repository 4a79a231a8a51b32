import { expect, test } from "vitest";
import { dailyCosts, facts, judge, resource, waste } from "../testing.ts";
import rule from "./unused-public-ip.ts";

const nicId = "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic-1";
const onNic = { ipConfiguration: { id: `${nicId}/ipConfigurations/ipconfig1` } };
const address = (properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.network/publicipaddresses", {
    properties: { sku: { name: "Standard" }, ipAddress: "203.0.113.7", ...properties },
    ...more,
  });
const nic = (properties: Record<string, unknown>) => ({
  related: (id: string) =>
    id === nicId.toLowerCase()
      ? resource("microsoft.network/networkinterfaces", { name: "nic-1", properties })
      : undefined,
});
const costs = dailyCosts(60, "0.12");

test("an address attached to nothing saves its cost; seen for the first time it is less sure", () => {
  expect(waste(judge(rule, address(), facts({ costs })))).toMatchObject({
    monthlySavings: "3.65",
    annualSavings: "43.8",
    confidence: 0.8,
    remediation: "delete_public_ip",
  });
  const watched = facts({ costs, openSince: "2026-09-20" });
  expect(waste(judge(rule, address(), watched)).confidence).toBe(0.95);
});

test("an address on a network card without a machine is waste, and says which card", () => {
  const finding = waste(judge(rule, address(onNic), facts({ costs, ...nic({}) })));
  expect(finding.description).toContain("nic-1");
  expect(finding.remediation).toBeNull(); // Azure refuses while the card holds it
});

test.each<[string, Record<string, unknown>, object]>([
  ["a Basic one", { sku: { name: "Basic" } }, {}],
  ["one of a NAT gateway", { natGateway: { id: "x" } }, {}],
  ["one of a prefix", { publicIPPrefix: { id: "x" } }, {}],
  [
    "one on a load balancer",
    {
      ipConfiguration: {
        id: "/subscriptions/s/providers/Microsoft.Network/loadBalancers/lb/frontendIPConfigurations/f",
      },
    },
    {},
  ],
  ["one on a machine's card", onNic, nic({ virtualMachine: { id: "x" } })],
  ["one on a private endpoint's card", onNic, nic({ privateEndpoint: { id: "x" } })],
  ["one made 3 days ago", { timeCreated: "2026-10-02T00:00:00Z" }, {}],
])("%s is fine", (_, properties, more) => {
  expect(judge(rule, address(properties), facts({ costs, ...more })).verdict).toBe("fine");
});

test("what only the other end tells counts: a gateway's address, a machine's card", () => {
  const gateway = facts({
    costs,
    usedBy: (kind) => (kind === "public_ip" ? ["/subscriptions/s/gateway"] : []),
  });
  expect(judge(rule, address(), gateway).verdict).toBe("fine");
  const card = nic({});
  const held = facts({
    costs,
    ...card,
    usedBy: (kind) => (kind === "public_ip" ? [nicId.toLowerCase()] : []),
  });
  expect(judge(rule, address(), held).verdict).toBe("waste");
  const inUse = facts({
    ...held,
    usedBy: (kind) => (kind === "public_ip" ? [nicId.toLowerCase()] : ["/vm"]),
  });
  expect(judge(rule, address(), inUse).verdict).toBe("fine");
});

test("a card that is not in the inventory proves nothing", () => {
  expect(judge(rule, address(onNic), facts({ costs })).verdict).toBe("unknown");
});
