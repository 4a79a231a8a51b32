import { randomUUID } from "node:crypto";
import { readCredentials } from "@cloudoptima/db/queries/connection-credentials.ts";
import { listScans } from "@cloudoptima/db/queries/scans.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLeftRows } from "../costs/load/testing-states.ts";
import type { ConnectionScan } from "../discovery/scan-result.ts";
import type { Connection } from "./connection-shapes.ts";
import { createCredentialVault } from "./credentials/credential-vault.ts";
import { makeKeyRing } from "./credentials/key-ring.ts";
import { type ConnectionWorld, openConnectionWorld } from "./testing/connection-world.ts";

const firstKey = "the first key of this installation";
const secondKey = "the second key of this installation";

describeEachEngine("while a connection is scanned", (engine) => {
  let world: ConnectionWorld;
  let keys = [firstKey];
  beforeAll(async () => {
    const vault = createCredentialVault(() => makeKeyRing("environment", keys));
    world = await openConnectionWorld(engine.database(), vault);
  });
  afterAll(() => world?.close());

  const create = () =>
    world.call<Connection>("create_connection", { name: `C ${randomUUID()}`, ...world.principal() });
  const ctx = () => world.tools.context(world.admin);

  /** Scans, and does something else while the cloud has not answered this request yet. */
  async function meanwhile(
    { id, name }: Connection,
    { path, after }: { path: string; after: number },
    work: () => Promise<void>,
  ) {
    const held = world.hold(path, after);
    const scanned = world.call<{ connections: ConnectionScan[] }>("scan", { connectionName: name }).then(
      ({ connections }) => connections[0]!,
      (error: unknown) => error as Error,
    );
    await held.reached;
    await work().finally(held.release);
    const result = await scanned;
    const [scan] = await ctx().read((transaction) => listScans(transaction, { connectionId: id, limit: 1 }));
    return { result, scan };
  }

  test.each([
    ["before anything came", { path: "microsoft.resourcegraph", after: 0 }, "removed"],
    ["while costs are loaded", { path: "microsoft.costmanagement", after: 5 }, "disconnected"],
  ] as const)(
    "it is removed %s: the scan ends, and nothing is read through it any more",
    async (_, at, outcome) => {
      const connection = await create();
      const { result, scan } = await meanwhile(connection, at, async () => {
        expect(await world.call("delete_connection", { id: connection.id })).toMatchObject({ outcome });
      });
      expect(result).toMatchObject({
        code: "conflict",
        message: expect.stringContaining(`${connection.name} was disconnected`),
      });
      const { requestCount } = world.sandbox.stats();
      expect(scan?.status).toBe(outcome === "removed" ? undefined : "running");
      expect(await readLeftRows(ctx())).toEqual({});
      const found = world.call("get_connection", { id: connection.id });
      if (outcome === "removed") await expect(found).rejects.toMatchObject({ code: "not_found" });
      else
        expect(await found).toMatchObject({ status: "disconnected", scanning: null, hasCredentials: false });
      await expect(world.call("scan", { connectionName: connection.name })).rejects.toThrow();
      expect(world.sandbox.stats().requestCount).toBe(requestCount);
    },
    120_000,
  );

  test("keys rotate: it goes on, and so does the next one", async () => {
    const connection = await create();
    const envelope = () => ctx().read((transaction) => readCredentials(transaction, connection.id));
    const before = await envelope();
    const { result } = await meanwhile(
      connection,
      { path: "microsoft.costmanagement", after: 5 },
      async () => {
        keys = [secondKey, firstKey];
        expect(await world.call("reencrypt_credentials")).toMatchObject({ failures: [] });
        keys = [secondKey];
      },
    );
    expect(result).toMatchObject({ status: "done", failures: [] });
    expect(await envelope()).not.toBe(before);
    const again = await world.call<{ connections: ConnectionScan[] }>("scan", {
      connectionName: connection.name,
    });
    expect(again.connections).toMatchObject([{ status: "done", failures: [] }]);
  }, 120_000);
});
