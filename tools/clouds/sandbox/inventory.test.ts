import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateTenant } from "./generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";

const now = () => Temporal.Instant.from("2026-11-23T15:00:00Z");
const estate = { seed: "inventory", resources: 2500, days: 40, now: now() };
const inventory = "Resources | project id, name, type, location, tags, properties | order by id asc";

describe("inventory through the real clients", () => {
  const { tenant } = generateTenant(estate);
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof sandboxClients>;
  beforeAll(async () => {
    sandbox = await startSandbox({ ...estate, tenant, now, quotas: "azure" });
    clients = sandboxClients(sandbox);
  });
  afterAll(() => sandbox.close());

  it("pages 2,500 resources by skip token, each exactly once", async () => {
    const ids: string[] = [];
    const pages: number[] = [];
    let skipToken: string | undefined;
    do {
      const page = await clients.graph.resources({
        subscriptions: sandbox.subscriptionIds,
        query: inventory,
        options: { top: 1000, ...(skipToken ? { skipToken } : {}) },
      });
      expect(page.totalRecords).toBe(2500);
      pages.push(page.count);
      ids.push(...(page.data as { id: string }[]).map((row) => row.id));
      skipToken = page.skipToken;
    } while (skipToken);
    expect(pages).toEqual([1000, 1000, 500]);
    expect(new Set(ids)).toEqual(new Set(tenant.resources.map((resource) => resource.id)));
  });

  it("keeps to the subscriptions that are asked for and understands filters", async () => {
    const [first] = sandbox.subscriptionIds;
    const page = await clients.graph.resources({
      subscriptions: [first!],
      query:
        "Resources | where type in~ ('Microsoft.Compute/disks', 'microsoft.network/publicIPAddresses') and properties.diskState == 'Unattached' | project name, state = properties.diskState, subscriptionId | order by name asc",
      options: { top: 1000 },
    });
    const expected = tenant.resources.filter(
      (resource) =>
        resource.type === "Microsoft.Compute/disks" &&
        resource.id.includes(first!) &&
        resource.properties.diskState === "Unattached",
    );
    expect(page.totalRecords).toBe(expected.length);
    expect(page.data).toContainEqual(expect.objectContaining({ state: "Unattached", subscriptionId: first }));
  });

  it("shows the power state of VMs", async () => {
    const page = await clients.graph.resources({
      query:
        "Resources | where type =~ 'microsoft.compute/virtualmachines' | summarize vms = count() by tostring(properties.extended.instanceView.powerState.code)",
      options: { top: 10 },
    });
    const states = (page.data as { vms: number }[]).map((row) => row.vms);
    expect(states).toHaveLength(3);
    expect(states.reduce((sum, count) => sum + count, 0)).toBe(
      tenant.resources.filter((resource) => resource.type === "Microsoft.Compute/virtualMachines").length,
    );
  });

  it("refuses a query it cannot run, in Azure's shape", async () => {
    await expect(
      clients.graph.resources({ query: "Resources | join kind=inner (Resources) on id" }),
    ).rejects.toMatchObject({
      statusCode: 400,
      code: "BadRequest",
      details: { error: { details: [{ code: "InvalidQuery" }] } },
    });
  });

  it("lists subscriptions' resources and groups, and reads one by id in any casing", async () => {
    const client = clients.resources();
    let count = 0;
    for await (const resource of client.resources.list()) {
      expect(resource.id).toContain(sandbox.subscriptionIds[0]);
      count++;
    }
    expect(count).toBe(
      tenant.resources.filter((resource) => resource.id.includes(sandbox.subscriptionIds[0]!)).length,
    );
    const groups: (string | undefined)[] = [];
    for await (const group of client.resourceGroups.list()) groups.push(group.name);
    expect(groups).toContain("rg-web-prod");
    const known = tenant.resources.find((resource) => resource.type === "Microsoft.Compute/disks")!;
    const read = await client.resources.getById(known.id.toUpperCase(), "2024-03-02");
    expect(read).toMatchObject({ id: known.id, tags: known.tags });
    await expect(client.resources.getById(`${known.id}-gone`, "2024-03-02")).rejects.toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
    });
  });

  it("lets nobody in without its token", async () => {
    const stranger = sandboxClients(sandbox, "wrong");
    await expect(stranger.graph.resources({ query: inventory })).rejects.toThrow(/AADSTS7000215/);
    const token = await clients.credential.getToken("https://vault.azure.net/.default");
    const forged = { getToken: async () => token };
    await expect(
      new (await import("@azure/arm-resourcegraph")).ResourceGraphClient(forged, "", {
        endpoint: sandbox.origin,
        tlsOptions: { ca: sandbox.ca },
      }).resources({ query: inventory }),
    ).rejects.toMatchObject({ statusCode: 401, code: "InvalidAuthenticationTokenAudience" });
  });
});
