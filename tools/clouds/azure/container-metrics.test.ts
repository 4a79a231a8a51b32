import { afterAll, beforeAll, expect, test } from "vitest";
import { Tenant } from "../sandbox/tenant/tenant-schema.ts";
import { sandboxClients } from "../sandbox/testing/sandbox-clients.ts";
import { collect, openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const subscription = "11111111-1111-4111-8111-111111111111";
const type = "Microsoft.ContainerInstance/containerGroups";
const requests = (name: string, cpu: number, memoryInGB: number) => ({
  name,
  properties: { resources: { requests: { cpu, memoryInGB } } },
});
const steady = (metric: string, value: number) => ({ metric, day: value, night: value, peak: 2 * value });
const group = (name: string, containers: object[], more: object) => ({
  id: `/subscriptions/${subscription}/resourceGroups/rg/providers/${type}/${name}`,
  name,
  type,
  location: "westeurope",
  properties: { containers, instanceView: { state: "Running" } },
  ...more,
});
/** As somebody writes it by hand: one group of two unlike containers, one of one, and one without metrics. */
const tenant = Tenant.parse({
  version: 1,
  name: "Containers",
  tenantId: "22222222-2222-4222-8222-222222222222",
  seed: "containers",
  days: 30,
  subscriptions: [{ id: subscription, name: "Containers" }],
  resources: [
    group("aci-two", [requests("web", 3, 1), requests("sidecar", 1, 1)], {
      activity: [
        steady("CpuUsage", 2000),
        steady("MemoryUsage", 1024 ** 3),
        steady("NetworkBytesReceivedPerSecond", 5000),
        steady("NetworkBytesTransmittedPerSecond", 700),
      ],
    }),
    group("aci-one", [requests("job", 2, 4)], { activity: [steady("CpuUsage", 500)] }),
    group("aci-silent", [requests("job", 2, 4)], {}),
  ],
  charges: [],
});

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ tenant, days: 30 });
});
afterAll(() => opened.sandbox.close());

const to = Temporal.Instant.from("2026-10-14T09:00:00Z");

async function read() {
  const resources = [];
  for await (const { items } of opened.cloud.resources([subscription], signal)) resources.push(...items);
  const points = await collect(
    opened.cloud.metrics(
      {
        resources,
        metrics: [
          { metric: "memory_used_bytes", aggregation: "average" },
          { metric: "network_in_bytes_per_second", aggregation: "average" },
          { metric: "network_out_bytes_per_second", aggregation: "average" },
          { metric: "cpu_millicores", aggregation: "average" },
          { metric: "cpu_millicores", aggregation: "maximum" },
        ],
        from: to.subtract({ hours: 24 }),
        to,
        intervalMinutes: 60,
      },
      signal,
    ),
  );
  return (name: string, metric: string, aggregation = "average") =>
    points.filter(
      (point) =>
        point.resourceId.endsWith(name) && point.metric === metric && point.aggregation === aggregation,
    );
}
const within = (value: number, usual: number) => value >= 0.8 * usual - 1 && value <= 1.2 * usual + 1;

test("a group of two containers uses what both use together, not what one does on average", async () => {
  const of = await read();
  const cpu = of("aci-two", "cpu_millicores");
  expect(cpu).toHaveLength(24);
  expect(cpu.every(({ value, unit }) => within(value, 2000) && unit === "millicores")).toBe(true);
  expect(of("aci-two", "cpu_millicores", "maximum").map(({ value }) => Math.round(value))).toEqual(
    Array(24).fill(4000),
  );
  expect(of("aci-two", "memory_used_bytes").every(({ value }) => within(value, 1024 ** 3))).toBe(true);
  expect(of("aci-two", "network_in_bytes_per_second").every(({ value }) => within(value, 5000))).toBe(true);
  expect(of("aci-two", "network_out_bytes_per_second")[0]!.unit).toBe("bytes_per_second");
  expect(of("aci-one", "cpu_millicores").every(({ value }) => within(value, 500))).toBe(true);
  expect(of("aci-one", "memory_used_bytes")).toEqual([]);
  expect(of("aci-silent", "cpu_millicores")).toEqual([]);
});

test("the service answers each container apart where it is asked so, and their average where not", async () => {
  const { resourceMetrics } = sandboxClients(opened.sandbox);
  const ask = async (metric: string, filter?: string) => {
    const { metrics } = await resourceMetrics.queryResource(tenant.resources[0]!.id, [metric], {
      timespan: { startTime: new Date("2026-10-14T08:00:00Z"), endTime: new Date("2026-10-14T09:00:00Z") },
      granularity: "PT1H",
      aggregations: ["Maximum"],
      ...(filter ? { filter } : {}),
    });
    return metrics[0]!.timeseries.map(({ data, metadataValues }) => ({
      container: metadataValues?.map(({ value }) => value).join(),
      maximum: data![0]!.maximum,
    }));
  };
  expect(await ask("CpuUsage", "containerName eq '*'")).toEqual([
    { container: "web", maximum: 3000 },
    { container: "sidecar", maximum: 1000 },
  ]);
  expect(await ask("CpuUsage")).toEqual([{ container: "", maximum: 2000 }]);
  await expect(ask("NetworkBytesReceivedPerSecond", "containerName eq '*'")).rejects.toThrow(/dimension/);
});
