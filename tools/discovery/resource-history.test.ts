import { randomUUID } from "node:crypto";
import { listUnseenResources, markGone } from "@cloudoptima/db/queries/resources.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import type { CloudResource } from "../clouds/cloud.ts";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { keepResources } from "./keep-resources.ts";
import type { ResourceChangeList } from "./list-resource-changes.tool.ts";
import { addSandboxConnection } from "./testing/add-sandbox-connection.ts";

const subscriptionId = "sub-1";
const at = (hour: number) => new Date(`2026-10-05T${String(hour).padStart(2, "0")}:00:00Z`);

describeEachEngine("the history of a resource", (engine) => {
  let tools: TestTools;
  let actor: Actor;
  let connectionId: string;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: at(20).toISOString() });
    const organization = await tools.createOrganization("Contoso");
    actor = tools.actor(organization, "viewer");
    connectionId = await addSandboxConnection(tools.context(actor));
  });

  const resource = (name: string, change: Partial<CloudResource> = {}): CloudResource => ({
    provider: "azure",
    id: `/subscriptions/${subscriptionId}/resourcegroups/rg/providers/microsoft.compute/virtualmachines/${name.toLowerCase()}`,
    type: "microsoft.compute/virtualmachines",
    name,
    subscriptionId,
    resourceGroup: "rg",
    region: "westeurope",
    tags: {},
    properties: {},
    status: "running",
    ...change,
  });
  const keep = (seenAt: Date, ...found: CloudResource[]) =>
    tools
      .context(actor)
      .write((transaction) =>
        keepResources(
          transaction,
          { organizationId: actor.organizationId, connectionId, seenAt },
          found,
          randomUUID,
        ),
      );
  const history = async (name: string, input = {}) =>
    (
      await tools.invoke({
        actor,
        name: "get_resource_history",
        input: { id: resource(name).id.toUpperCase(), ...input },
        source: "rest",
      })
    ).output as unknown as { events: { at: string; kind: string; fields: unknown[] }[]; next: string | null };

  test("tells when it came, changed, went and came back, newest first; a scan without news adds nothing", async () => {
    await keep(at(1), resource("vm-1", { tags: { Team: "web" } }));
    await keep(at(2), resource("vm-1", { tags: { Team: "web" }, properties: { etag: "2" } }));
    await keep(at(3), resource("vm-1", { tags: { Team: "data" }, status: "deallocated" }));
    const missing = { subscriptionId, since: at(4), exceptTypes: [diskBlobType] };
    const goneBy4 = () =>
      tools.context(actor).write(async (transaction) => {
        const unseen = await listUnseenResources(transaction, missing);
        return markGone(
          transaction,
          unseen.map(({ id }) => id),
          at(4),
        );
      });
    expect(await goneBy4()).toBe(1);
    expect(await goneBy4()).toBe(0);
    await keep(at(5), resource("vm-1", { tags: { Team: "data" }, status: "running" }));
    const { events, next } = await history("vm-1");
    expect(next).toBeNull();
    const byScans = { changedBy: null, client: null, operation: null };
    const expected = [
      {
        at: at(5).toISOString(),
        kind: "updated",
        fields: [{ field: "status", category: "status", from: "deallocated", to: "running" }],
      },
      { at: at(5).toISOString(), kind: "returned", fields: [] },
      { at: at(4).toISOString(), kind: "gone", fields: [] },
      {
        at: at(3).toISOString(),
        kind: "updated",
        fields: [
          { field: "status", category: "status", from: "running", to: "deallocated" },
          { field: "tags.Team", category: "tag", from: "web", to: "data" },
        ],
      },
      { at: at(1).toISOString(), kind: "created", fields: [] },
    ];
    expect(events).toEqual(expected.map((event) => ({ ...event, ...byScans })));
  });

  test("takes what clouds hold: no tags, 200 tags, a name of 500 characters, emoji, one twice on a page", async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`tag ${index} 🏷️`, "v".repeat(256)]),
    );
    const long = `vm-${"ü".repeat(497)}`;
    await keep(at(6), resource("vm-tags", { tags }), resource(long), resource("vm-🚀"), resource("vm-🚀"));
    await keep(at(7), resource("vm-tags"), resource(long, { tags: { "": "" } }), resource("vm-🚀"));
    expect(
      (await history("vm-tags", { limit: 300 })).events.map(({ kind, fields }) => [kind, fields.length]),
    ).toEqual([
      ["updated", 200],
      ["created", 0],
    ]);
    expect((await history(long)).events).toHaveLength(2);
    expect((await history("vm-🚀")).events).toHaveLength(1);
    const first = await history("vm-tags", { limit: 150 });
    const rest = await history("vm-tags", { limit: 150, before: first.next });
    expect([first, rest].flatMap(({ events }) => events.flatMap(({ fields }) => fields))).toHaveLength(200);
    expect(rest.next).toBeNull();
  });

  test("is written with the resource or not at all", async () => {
    const broken = tools.context(actor).write(async (transaction) => {
      const scan = { organizationId: actor.organizationId, connectionId, seenAt: at(8) };
      await keepResources(transaction, scan, [resource("vm-1", { status: "stopped" })], randomUUID);
      throw new Error("the process ends here");
    });
    await expect(broken).rejects.toThrow("ends here");
    expect((await history("vm-1")).events[0]).toMatchObject({ at: at(5).toISOString() });
    await tools
      .context(actor)
      .write((transaction) => markGone(transaction, [resource("vm-1").id, "/unknown"], at(9)));
    expect((await history("vm-1")).events[0]).toMatchObject({ kind: "gone", at: at(9).toISOString() });
  });

  test("of the estate: what is new since the first look, what went and what changed, by place, kind and days", async () => {
    const later = new Date("2026-10-07T10:00:00Z");
    await keep(later, resource("vm-new"), resource("vm-2", { resourceGroup: "rg-two" }));
    await keep(
      new Date("2026-10-08T10:00:00Z"),
      resource("vm-2", {
        resourceGroup: "rg-two",
        properties: { hardwareProfile: { vmSize: "Standard_D2s_v5" } },
      }),
    );
    await tools
      .context(actor)
      .write((transaction) =>
        markGone(transaction, [resource("vm-new").id], new Date("2026-10-09T10:00:00Z")),
      );
    const changes = async (input: object) =>
      (await tools.invoke({ actor, name: "list_resource_changes", input, source: "rest" }))
        .output as unknown as ResourceChangeList;
    const period = { start: "2026-10-01", end: "2026-11-01" };
    const all = await changes({ period, limit: 100 });
    // vm-1 and the rest of 5 October were there at the first look.
    expect(all.counts).toEqual({ createdCount: 2, updatedCount: 5, goneCount: 3, returnedCount: 1 });
    expect(all.totalCount).toBe(all.rows.length);
    expect(all.knownFrom).toBe(at(1).toISOString());
    expect(all.rows.slice(0, 2)).toMatchObject([
      { name: "vm-new", kind: "gone", fields: [] },
      {
        name: "vm-2",
        kind: "updated",
        resourceGroup: "rg-two",
        fields: [{ category: "size", from: null, to: "Standard_D2s_v5" }],
      },
    ]);
    const names = async (input: object) => (await changes({ period, ...input })).rows.map(({ name }) => name);
    expect(await names({ kind: "created" })).toEqual(["vm-2", "vm-new"]);
    expect(await names({ category: "size" })).toEqual(["vm-2"]);
    expect(await names({ resourceGroup: "RG-Two", kind: "updated" })).toEqual(["vm-2"]);
    expect(await names({ resource: "M-NEW" })).toEqual(["vm-new", "vm-new"]);
    expect(await names({ type: "disk" })).toEqual([]);
    expect(await names({ period: { start: "2026-10-09", end: "2026-10-10" } })).toEqual(["vm-new"]);
    expect(await names({ subscription: "sub-9" })).toEqual([]);

    const stranger = tools.actor(await tools.createOrganization("Fabrikam"), "viewer");
    const theirs = await tools.invoke({
      actor: stranger,
      name: "list_resource_changes",
      input: { period },
      source: "rest",
    });
    expect(theirs.output).toMatchObject({ totalCount: 0, rows: [], knownFrom: null });
  });
});
