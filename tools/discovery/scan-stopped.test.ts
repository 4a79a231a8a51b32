import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudRead } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { scanConnection } from "./scan-connection.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

describeEachEngine("a scan that is stopped", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), {
      seed: "stopped",
      resources: 60,
      days: 2,
      now: "2026-10-05T09:30:00Z",
    });
  }, 60_000);
  afterAll(() => tenant?.close());

  test("ends when none of its parts is at work any more, so that the next scan begins or the database closes", async () => {
    const whole = tenant.tools.context(tenant.actor);
    const stopping = new AbortController();
    const [first, second] = tenant.sandbox().subscriptionIds;
    const secondReads = Promise.withResolvers<void>();
    const secondMayEnd = Promise.withResolvers<void>();
    const ends: string[] = [];
    const cloud = await whole.cloud(tenant.connectionId);
    const watched: CloudRead = {
      ...cloud,
      async *resources([subscriptionId], signal) {
        if (subscriptionId === first) {
          await secondReads.promise;
          stopping.abort();
        }
        if (subscriptionId === second) {
          secondReads.resolve();
          await secondMayEnd.promise;
          ends.push("part");
        }
        signal.throwIfAborted();
        yield* cloud.resources([subscriptionId!], signal);
      },
    };
    const ctx: WriteContext = { ...whole, signal: stopping.signal, cloud: async () => watched };
    const [connection] = await whole.read(listConnections);
    const scanned = scanConnection(ctx, connection!);
    const ended = expect(scanned)
      .rejects.toMatchObject({ name: "AbortError" })
      .then(() => ends.push("scan"));
    await secondReads.promise;
    // Long enough for whatever the scan does at its end.
    for (let turn = 0; turn < 10; turn++) await whole.write(listConnections);
    secondMayEnd.resolve();
    await ended;
    expect(ends).toEqual(["part", "scan"]);
    const [after] = await whole.read(listConnections);
    expect(after!.settings).not.toHaveProperty("scanLease");
  });
});
