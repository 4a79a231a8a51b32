import { randomUUID } from "node:crypto";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSandboxCloud } from "../clouds/azure/testing.ts";
import type { CloudResource } from "../clouds/cloud.ts";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { keepResources } from "./keep-resources.ts";
import { addSandboxConnection } from "./testing/add-sandbox-connection.ts";

const signal = new AbortController().signal;

describeEachEngine("the chain of a machine", (engine) => {
  let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
  let tools: TestTools;
  let actor: Actor;
  const found: CloudResource[] = [];

  beforeAll(async () => {
    opened = await openSandboxCloud({ resources: 420, days: 31 });
    tools = createTestTools({ database: engine.database(), now: "2026-10-14T09:30:00Z" });
    actor = tools.actor(await tools.createOrganization("Contoso"));
    const connectionId = await addSandboxConnection(tools.context(actor));
    const scan = {
      organizationId: actor.organizationId,
      connectionId,
      seenAt: new Date("2026-10-14T09:30:00Z"),
    };
    for await (const { items } of opened.cloud.resources(opened.sandbox.subscriptionIds, signal)) {
      found.push(...items);
      await tools.context(actor).write((transaction) => keepResources(transaction, scan, items, randomUUID));
    }
  });
  afterAll(() => opened.sandbox.close());

  const related = async (id: string, input: object) => {
    const { output } = await tools.invoke({
      actor,
      name: "get_resource_relationships",
      input: { id, ...input },
      source: "rest",
    });
    return output as unknown as { rows: { kind: string; name: string; goneAt: string | null }[] };
  };

  test("is told whole: disks, cards, network, security group, and the public address of those that have one", async () => {
    const machines = found.filter(({ type }) => type === "microsoft.compute/virtualmachines");
    let open = 0;
    for (const { id } of machines) {
      const { rows } = await related(id, { direction: "uses", steps: 3 });
      const kinds = new Set(rows.map(({ kind }) => (kind === "unmanaged_disk" ? "disk" : kind)));
      expect([...kinds]).toEqual(
        expect.arrayContaining(["disk", "network_interface", "virtual_network", "network_security_group"]),
      );
      expect(
        rows.every(
          ({ kind, name }) =>
            // Blobs are no resources: this listing has none.
            kind === "unmanaged_disk" ||
            found.some((resource) => resource.name.toLowerCase() === name.toLowerCase()),
        ),
      ).toBe(true);
      if (kinds.has("public_ip")) open++;
    }
    expect(machines.length).toBeGreaterThan(30);
    expect(open).toBeGreaterThan(0);
    expect(open).toBeLessThan(machines.length / 2);
  });

  test("leads back from the network to its machines", async () => {
    const network = found.find(({ name }) => name === "vnet-production-westeurope")!;
    const { rows } = await related(network.id, { direction: "used_by", steps: 2 });
    expect(rows.some(({ name }) => name.startsWith("nic-vm-"))).toBe(true);
    expect(rows.some(({ name }) => name.startsWith("vm-"))).toBe(true);
  });
});
