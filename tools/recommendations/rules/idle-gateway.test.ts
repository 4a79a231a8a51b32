import { expect, test } from "vitest";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "../testing.ts";
import rule from "./idle-gateway.ts";

const of = (type: string, more: Parameters<typeof resource>[1] = {}) =>
  resource(`microsoft.network/${type}`, more);
const costs = dailyCosts(30, "4.8", { service: "VPN Gateway" });
const measured = (series: Parameters<typeof hourlyUsage>[0]) => facts({ costs, usage: hourlyUsage(series) });
const connected = (hourly: number) => measured({ "new_flows/total": hourly });
const asked = (hourly: number) => measured({ "requests/total": hourly });
const tunnelled = (bytes: number | ((hour: Temporal.ZonedDateTime) => number), clients = 0) =>
  measured({ "tunnel_bytes_per_second/average": bytes, "client_connections/maximum": clients });

test.each([
  ["natgateways", connected(0), "Delete idle NAT gateway thing-1", "medium"],
  ["applicationgateways", asked(0.2), "Delete idle application gateway thing-1", "medium"],
  ["virtualnetworkgateways", tunnelled(99), "Delete idle VPN gateway thing-1", "high"],
])("%s through which nothing goes end with all they cost", (type, about, title, risk) => {
  const finding = waste(judge(rule, of(type), about));
  expect(finding).toMatchObject({
    type: "idle_gateway",
    title,
    risk,
    monthlySavings: "146",
    confidence: 0.85,
    remediation: null,
  });
});

test("what was counted is shown", () => {
  const [connections] = waste(judge(rule, of("natgateways"), connected(0.25))).evidence;
  expect(connections).toMatchObject({ label: "New connections", value: "84", unit: "count" });
  const [bytes, clients] = waste(judge(rule, of("virtualnetworkgateways"), tunnelled(12))).evidence;
  expect(bytes).toMatchObject({ value: "12", unit: "bytes" });
  expect(clients).toMatchObject({ value: "0", unit: "count" });
});

test.each<[string, ReturnType<typeof of>, ReturnType<typeof facts>]>([
  ["takes a connection every three hours", of("natgateways"), connected(0.34)],
  ["is asked now and then", of("applicationgateways"), asked(1)],
  ["carries traffic once", of("virtualnetworkgateways"), tunnelled(({ day }) => (day === 1 ? 100 : 0))],
  ["has clients, but no tunnels", of("virtualnetworkgateways"), tunnelled(0, 1)],
  [
    "goes with an ExpressRoute circuit",
    of("virtualnetworkgateways", { properties: { gatewayType: "ExpressRoute" } }),
    tunnelled(0),
  ],
  ["is stopped", of("applicationgateways", { properties: { operationalState: "Stopped" } }), asked(0)],
  ["waits for a failover", of("virtualnetworkgateways", { tags: { Role: "DR" } }), tunnelled(0)],
  [
    "is a cluster's ingress",
    of("applicationgateways", { tags: { "managed-by-k8s-ingress": "1.7.2/abc" } }),
    asked(0),
  ],
  [
    "is in a cluster's node group",
    of("natgateways", { resourceGroup: "mc_rg_aks_westeurope" }),
    connected(0),
  ],
])("one that %s is fine", (_, gateway, about) => {
  expect(judge(rule, gateway, about).verdict).toBe("fine");
});

const gaps = ({ hour }: Temporal.ZonedDateTime) => (hour < 12 ? 0 : Number.NaN);
test.each<[string, ReturnType<typeof of>, ReturnType<typeof facts>]>([
  ["a NAT gateway without measurements", of("natgateways"), facts({ costs })],
  ["an application gateway with gaps", of("applicationgateways"), measured({ "requests/total": gaps })],
  [
    "a VPN gateway of which only clients are counted",
    of("virtualnetworkgateways"),
    measured({ "client_connections/maximum": 0 }),
  ],
  [
    "a VPN gateway for clients that are not counted",
    of("virtualnetworkgateways", { properties: { vpnClientConfiguration: { vpnClientProtocols: [] } } }),
    measured({ "tunnel_bytes_per_second/average": 0 }),
  ],
])("%s: unknown", (_, gateway, about) => {
  expect(judge(rule, gateway, about).verdict).toBe("unknown");
});

test("where no client can connect, none has to be counted", () => {
  const about = measured({ "tunnel_bytes_per_second/average": 0 });
  expect(judge(rule, of("virtualnetworkgateways"), about).verdict).toBe("waste");
});

test("limits of the organization's own", () => {
  expect(judge(rule, of("natgateways"), connected(1), { connections: 1000 }).verdict).toBe("waste");
  const gateway = of("virtualnetworkgateways");
  expect(judge(rule, gateway, tunnelled(99), { tunnelBytesPerSecond: 50 }).verdict).toBe("fine");
});
