import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateTenant } from "./generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";

describe("writes keep state", () => {
  let time = Temporal.Instant.from("2026-11-23T12:00:00Z");
  const now = () => time;
  const estate = { seed: "writes", resources: 100, days: 30, now: now() };
  const { tenant } = generateTenant(estate);
  const vm = tenant.resources.find((resource) => resource.name === "vm-dev-spike-001")!;
  const [, , subscriptionId = "", , group = ""] = vm.id.split("/");
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof sandboxClients>;
  beforeAll(async () => {
    sandbox = await startSandbox({ ...estate, tenant, now, quotas: "raised" });
    clients = sandboxClients(sandbox);
  });
  afterAll(() => sandbox.close());

  async function vmCosts(): Promise<number[]> {
    const result = await clients.costs.query.usage(`/subscriptions/${subscriptionId}`, {
      type: "ActualCost",
      timeframe: "Custom",
      timePeriod: { from: new Date("2026-11-22"), to: new Date("2026-11-29") },
      dataset: {
        granularity: "Daily",
        aggregation: { totalCost: { name: "Cost", function: "Sum" } },
        filter: { dimensions: { name: "ResourceId", operator: "In", values: [vm.id] } },
      },
    });
    return result.rows!.map((row) => Number(row[0]));
  }

  it("deallocates as a long-running operation; the VM then stops costing and has no metrics", async () => {
    await clients.compute(subscriptionId).virtualMachines.deallocate(group, vm.name);
    const read = await clients
      .compute(subscriptionId)
      .virtualMachines.get(group, vm.name, { expand: "instanceView" });
    expect(read.instanceView?.statuses?.map(({ code }) => code)).toContain("PowerState/deallocated");
    time = Temporal.Instant.from("2026-11-26T12:00:00Z");
    // 13 of 24 hours on the day of the change, nothing after it.
    expect(await vmCosts()).toEqual([5.52, 2.99]);
    const { metrics } = await clients.resourceMetrics.queryResource(vm.id, ["Percentage CPU"], {
      timespan: { startTime: new Date("2026-11-24T00:00:00Z"), endTime: new Date("2026-11-25T00:00:00Z") },
      granularity: "PT1H",
    });
    expect(metrics[0]!.timeseries[0]!.data!.every((point) => point.average === undefined)).toBe(true);

    await clients.compute(subscriptionId).virtualMachines.start(group, vm.name);
    time = Temporal.Instant.from("2026-11-28T12:00:00Z");
    expect(await vmCosts()).toEqual([5.52, 2.99, 2.53, 5.52]);
  });

  it("patches tags, makes and deletes resources, refuses to delete what is attached", async () => {
    const client = clients.resources(subscriptionId).resources;
    const before = sandbox.stats().writeRequestCount;
    await client.updateById(vm.id, "2024-03-01", { tags: { Environment: "Development" } });
    expect((await client.getById(vm.id, "2024-03-01")).tags).toEqual({ Environment: "Development" });

    const diskId = `/subscriptions/${subscriptionId}/resourceGroups/rg-dev/providers/Microsoft.Compute/disks/disk-new`;
    await client.createOrUpdateById(diskId, "2024-03-02", {
      location: "westeurope",
      properties: { diskSizeGB: 32 },
    });
    expect(await client.getById(diskId, "2024-03-02")).toMatchObject({ id: diskId, name: "disk-new" });
    await client.deleteById(diskId, "2024-03-02");
    await expect(client.getById(diskId, "2024-03-02")).rejects.toMatchObject({ statusCode: 404 });

    const attached = tenant.resources.find((resource) => resource.managedBy === vm.id)!;
    await expect(client.deleteById(attached.id, "2024-03-02")).rejects.toMatchObject({ statusCode: 409 });
    expect(sandbox.stats().writeRequestCount - before).toBe(4);
  });

  it("merges and removes single tags", async () => {
    const { tagsOperations } = clients.resources(subscriptionId);
    await tagsOperations.updateAtScope(vm.id, {
      operation: "Merge",
      properties: { tags: { Owner: "a@contoso.example" } },
    });
    const merged = await tagsOperations.getAtScope(vm.id);
    expect(merged.properties.tags).toEqual({ Environment: "Development", Owner: "a@contoso.example" });
    await tagsOperations.updateAtScope(vm.id, {
      operation: "Delete",
      properties: { tags: { environment: "" } },
    });
    expect((await tagsOperations.getAtScope(vm.id)).properties.tags).toEqual({ Owner: "a@contoso.example" });
  });

  it("lets go of a deleted VM's disks", async () => {
    const client = clients.resources(subscriptionId).resources;
    const attached = tenant.resources.find((resource) => resource.managedBy === vm.id)!;
    await client.deleteById(vm.id, "2024-03-01");
    const disk = await client.getById(attached.id, "2024-03-02");
    expect(disk.managedBy).toBeUndefined();
    expect(disk.properties).toMatchObject({ diskState: "Unattached" });
    await client.deleteById(attached.id, "2024-03-02");
  });
});
