import { randomUUID } from "node:crypto";
import { withTenant } from "@cloudoptima/db/client.ts";
import { addConnection, markConnection } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { describe, expect, it } from "vitest";
import type { Invoke } from "../kernel/invoke.ts";
import { createLog } from "../log.ts";
import { createTestTools } from "../testing/test-tools.ts";
import { isDue, scanDaily } from "./scan-daily.job.ts";

const today = Temporal.Instant.from("2026-10-14T06:00:00Z");
const yesterday = new Date("2026-10-13T23:59:00Z");

describe("when a daily scan is due", () => {
  it.each([
    ["scanned yesterday", { kind: "azure", status: "active", lastSync: yesterday }, true],
    ["failed since yesterday", { kind: "azure", status: "error", lastSync: yesterday }, true],
    ["scanned today", { kind: "azure", status: "active", lastSync: new Date("2026-10-14T00:00:00Z") }, false],
    [
      "scanned next month by a clock that ran ahead",
      { kind: "azure", status: "active", lastSync: new Date("2026-11-14T06:00:00Z") },
      true,
    ],
    [
      "scanned by a machine whose clock is a little ahead",
      { kind: "azure", status: "active", lastSync: new Date("2026-10-15T00:01:00Z") },
      false,
    ],
    ["never scanned", { kind: "azure", status: "active", lastSync: null }, false],
    ["disconnected", { kind: "azure", status: "disconnected", lastSync: yesterday }, false],
    ["imported files", { kind: "focus", status: "active", lastSync: yesterday }, false],
  ] as const)("%s", (_what, connection, due) => {
    expect(isDue(connection, today)).toBe(due);
  });
});

describeEachEngine("the daily scan", (engine) => {
  it("scans each organization's due connections as the system, and goes on after a failure", async () => {
    const database = engine.database();
    const tools = createTestTools({ database, now: today.toString() });
    for (const name of ["First", "Second"]) {
      const organization = await tools.createOrganization(name);
      await withTenant(database, organization.id, { access: "write" }, async (transaction) => {
        const id = randomUUID();
        const connection = { id, organizationId: organization.id, name: `${name} cloud`, settings: {} };
        await addConnection(transaction, { ...connection, kind: "azure", provider: "azure" });
        await markConnection(transaction, id, "active", yesterday);
      });
    }
    const asked: unknown[] = [];
    const invoke: Invoke = async ({ actor, name, input }) => {
      asked.push([actor.organizationName, actor.via, name, input]);
      throw new Error("the cloud is down");
    };
    const log = createLog({ level: "silent" });
    const signal = new AbortController().signal;
    await scanDaily({ database, demo: true, invoke, now: () => today, log, signal });
    expect(asked).toEqual([
      ["First", "system", "scan", { connectionName: "First cloud" }],
      ["Second", "system", "scan", { connectionName: "Second cloud" }],
    ]);
  });
});
