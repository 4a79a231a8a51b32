import { randomUUID } from "node:crypto";
import { linkByName, listRelationshipsOf } from "@cloudoptima/db/queries/resource-relationships.ts";
import { markGone } from "@cloudoptima/db/queries/resources.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import type { CloudResource } from "../clouds/cloud.ts";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { keepResources } from "./keep-resources.ts";
import { addSandboxConnection } from "./testing/add-sandbox-connection.ts";

const idOf = (type: string, name: string, group = "rg") =>
  `/subscriptions/sub-1/resourcegroups/${group}/providers/${type}/${name}`;
const vmType = "microsoft.compute/virtualmachines";
const vm = idOf(vmType, "vm-1");
const disk = idOf("microsoft.compute/disks", "disk-1");
const nic = idOf("microsoft.network/networkinterfaces", "nic-1");
const address = idOf("microsoft.network/publicipaddresses", "pip-1");
const account = idOf("microsoft.storage/storageaccounts", "stcontoso");

describeEachEngine("what belongs to a resource", (engine) => {
  let tools: TestTools;
  let actor: Actor;
  let connectionId: string;

  const resource = (id: string, properties: Record<string, unknown> = {}): CloudResource => {
    const [, , subscriptionId = "", , resourceGroup = "", , namespace, type, name = ""] = id.split("/");
    return {
      provider: "azure",
      id,
      type: `${namespace}/${type}`,
      name,
      subscriptionId,
      resourceGroup,
      region: "westeurope",
      tags: {},
      properties,
      status: "succeeded",
    };
  };
  const keep = (...found: CloudResource[]) =>
    tools.context(actor).write(async (transaction) => {
      const scan = {
        organizationId: actor.organizationId,
        connectionId,
        seenAt: new Date("2026-10-05T01:00:00Z"),
      };
      await keepResources(transaction, scan, found, randomUUID);
      await linkByName(transaction, actor.organizationId);
    });
  const machine = (properties: Record<string, unknown>) => resource(vm, properties);
  const related = async (id: string, input = {}, who = actor) => {
    const { output } = await tools.invoke({
      actor: who,
      name: "get_resource_relationships",
      input: { id, ...input },
      source: "web",
    });
    const { rows } = output as unknown as {
      rows: { direction: string; kind: string; name: string; steps: number; throughName: string | null }[];
    };
    return rows.map(({ direction, kind, name, steps, throughName }) =>
      [direction, kind, name, steps, throughName].join(" "),
    );
  };

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-10-05T09:00:00Z" });
    const organization = await tools.createOrganization("Contoso");
    actor = tools.actor(organization, "viewer");
    connectionId = await addSandboxConnection(tools.context(actor));
    await keep(
      machine({
        storageProfile: {
          osDisk: { managedDisk: { id: disk } },
          dataDisks: [{ vhd: { uri: "https://stcontoso.blob.core.windows.net/vhds/data.vhd" } }],
        },
        networkProfile: { networkInterfaces: [{ id: nic }] },
      }),
      resource(disk, { managedBy: vm }),
      resource(nic, {
        virtualMachine: { id: vm },
        ipConfigurations: [{ properties: { publicIPAddress: { id: address } } }],
      }),
      resource(address),
      resource(account),
      resource(idOf("microsoft.containerservice/managedclusters", "aks"), { nodeResourceGroup: "MC_rg_aks" }),
      resource(idOf("microsoft.compute/virtualmachinescalesets", "nodes", "mc_rg_aks")),
    );
  });

  test("is told by name, once although both ends say it, with what lies between", async () => {
    expect(await related("VM-1", { direction: "uses" })).toEqual([
      "uses disk disk-1 1 ",
      "uses network_interface nic-1 1 ",
      "uses storage_account stcontoso 1 ",
      "uses unmanaged_disk data.vhd 1 ",
      "uses public_ip pip-1 2 nic-1",
    ]);
    expect(await related("VM-1", { direction: "uses", steps: 1 })).toHaveLength(4);
  });

  test("is told from the other end, and where only names tell it", async () => {
    expect(await related(address)).toEqual([
      "used_by public_ip nic-1 1 ",
      "used_by network_interface vm-1 2 nic-1",
    ]);
    expect(await related("stcontoso")).toEqual(["used_by storage_account vm-1 1 "]);
    expect(await related("nodes")).toEqual(["used_by scale_set aks 1 "]);
  });

  test("is replaced by the next scan, and ends with the resource that said it", async () => {
    await keep(machine({ networkProfile: { networkInterfaces: [{ id: nic }] } }), resource(disk, {}));
    expect(await related("vm-1", { steps: 1 })).toEqual(["uses network_interface nic-1 1 "]);
    expect(await related("stcontoso")).toEqual([]);
    await tools.context(actor).write((transaction) => markGone(transaction, nic, new Date()));
    expect(await related(address)).toEqual([]);
    // Rules read a whole subscription: what a machine that is gone used is free again.
    const kinds = async () =>
      (await tools.context(actor).read((transaction) => listRelationshipsOf(transaction, "sub-1"))).map(
        ({ fromId, toId }) => `${fromId.split("/").at(-1)} ${toId.split("/").at(-1)}`,
      );
    expect(await kinds()).toContain("vm-1 nic-1");
    await tools.context(actor).write((transaction) => markGone(transaction, vm, new Date()));
    expect(await kinds()).not.toContain("vm-1 nic-1");
    await keep(machine({}));
  });

  test("is nobody else's, and a name of two is asked back", async () => {
    const other = tools.actor(await tools.createOrganization("Fabrikam"), "viewer");
    await expect(related(vm, {}, other)).rejects.toMatchObject({ code: "not_found" });
    await keep(resource(idOf(vmType, "vm-1", "rg-2")));
    await expect(related("vm-1")).rejects.toMatchObject({
      code: "invalid_input",
      hint: expect.stringContaining(vm),
    });
  });
});
