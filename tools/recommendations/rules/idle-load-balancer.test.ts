import { expect, test } from "vitest";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "../testing.ts";
import rule from "./idle-load-balancer.ts";

const member = { properties: { backendIPConfigurations: [{ id: "/subscriptions/s/nic/ipconfig" }] } };
const balancer = (properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.network/loadbalancers", {
    properties: {
      sku: { name: "Standard" },
      backendAddressPools: [{ properties: {} }],
      inboundNatRules: [],
      ...properties,
    },
    ...more,
  });
const costs = dailyCosts(30, "0.6", { service: "Load Balancer" });
const withFlows = (anHour: number) => facts({ costs, usage: hourlyUsage({ "new_flows/total": anHour }) });

test("empty pools and no NAT rule: waste, measured or not", () => {
  const finding = waste(judge(rule, balancer(), facts({ costs })));
  expect(finding).toMatchObject({ monthlySavings: "18.25", risk: "medium", confidence: 0.95 });
  expect(finding.evidence[0]).toMatchObject({ label: "Backend members", value: "0" });
});

test("members, but fewer than 100 connections in 14 days: waste with more risk", () => {
  const finding = waste(judge(rule, balancer({ backendAddressPools: [member] }), withFlows(0.25)));
  expect(finding).toMatchObject({ risk: "medium", confidence: 0.85 });
  expect(finding.evidence[1]).toMatchObject({
    value: "84",
    window: { start: "2026-09-21", end: "2026-10-05" },
  });
});

test("a limit of the organization's own", () => {
  const served = balancer({ backendAddressPools: [member] });
  expect(judge(rule, served, withFlows(1), { connections: 500 }).verdict).toBe("waste");
  expect(judge(rule, served, withFlows(1)).verdict).toBe("fine");
});

const natRule = { properties: { backendIPConfiguration: { id: "/subscriptions/s/nic/ipconfig" } } };
test.each<[string, ReturnType<typeof balancer>]>([
  ["only forwards ports to machines", balancer({ inboundNatRules: [natRule] })],
  ["only forwards ports to a scale set", balancer({ inboundNatPools: [{ name: "ssh" }] })],
  ["is a Basic one", balancer({ sku: { name: "Basic" } })],
  ["belongs to a Kubernetes cluster by name", balancer({}, { name: "kubernetes" })],
  [
    "belongs to a Kubernetes cluster by group",
    balancer({}, { id: "/subscriptions/s/resourcegroups/mc_rg_aks/providers/microsoft.network/x" }),
  ],
  ["waits for a failover", balancer({}, { tags: { Role: "DR standby" } })],
])("one that %s is fine", (_, resource) => {
  expect(judge(rule, resource, withFlows(0)).verdict).toBe("fine");
});

test.each<[string, ReturnType<typeof facts>]>([
  ["never measured", facts({ costs })],
  [
    "measured with gaps",
    facts({ costs, usage: hourlyUsage({ "new_flows/total": ({ hour }) => (hour < 12 ? 0 : Number.NaN) }) }),
  ],
])("members whose connections are %s: unknown", (_, about) => {
  expect(judge(rule, balancer({ backendAddressPools: [member] }), about).verdict).toBe("unknown");
});

test("without any pool nothing stands behind it", () => {
  expect(judge(rule, balancer({ backendAddressPools: undefined }), withFlows(0)).verdict).toBe("waste");
});

test("a rule that forwards ports to a pool counts while the pool has members", () => {
  const toPool = {
    inboundNatRules: [{ properties: { backendAddressPool: { id: "/subscriptions/s/lb/pool" } } }],
  };
  const served = balancer({ ...toPool, backendAddressPools: [member] });
  expect(judge(rule, served, withFlows(0)).verdict).toBe("fine");
  expect(judge(rule, balancer(toPool), withFlows(0)).verdict).toBe("waste");
});
