import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { writeScanLease } from "@cloudoptima/db/queries/scan-leases.ts";
import { beginScan } from "@cloudoptima/db/queries/scans.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import type { Invoke } from "../kernel/invoke.ts";
import type { UpdateEvent } from "../kernel/update-event.ts";
import { createLog } from "../log.ts";
import { scanDaily } from "./scan-daily.job.ts";
import type { ScanStatus } from "./scan-status.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const now = "2026-10-05T09:30:00Z";
// No process has it: it is above the largest that Linux gives.
const deadPid = 2 ** 22 + 1;

describeEachEngine("the state of a scan", (engine) => {
  let tenant: ScannedTenant;
  const told: UpdateEvent[] = [];
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), { seed: "status", resources: 60, days: 2, now });
    tenant.tools.events.subscribe(tenant.actor.organizationId, (event) => told.push(event));
  }, 60_000);
  afterAll(() => tenant?.close());

  // Disks in storage accounts come beside the resources, and are listed by every scan.
  const knownCount = () => 60 + tenant.truth.totals.unmanagedDiskCount;
  const latest = async () => (await tenant.call<{ scans: ScanStatus[] }>("list_scans")).scans;
  const write = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenant.tools.context(tenant.actor).write(work);

  test("is kept with its phases, counts by type and percent, and told on the way", async () => {
    const { connections } = await tenant.scan();
    const { scanId } = connections[0]!;
    const scan = await tenant.call<ScanStatus>("get_scan", { id: scanId });
    const types = Map.groupBy(tenant.generated.tenant.resources, ({ type }) => type.toLowerCase());
    expect(scan).toMatchObject({
      id: scanId,
      connectionName: "Sandbox",
      kind: "full",
      status: "done",
      percent: 100,
      resumes: null,
      endedAt: expect.any(String),
      failures: [],
      counts: { resourceCount: knownCount(), readCount: knownCount(), goneCount: 0 },
    });
    expect(scan.counts.byType!.find(({ type }) => type === "microsoft.compute/disks")?.label).toBe("Disk");
    expect(new Map(scan.counts.byType!.map(({ type, count }) => [type, count]))).toEqual(
      new Map([
        ...[...types].map(([type, of]) => [type, of.length] as const),
        [diskBlobType, tenant.truth.totals.unmanagedDiskCount],
      ]),
    );
    expect(scan.phases.every(({ done, total }) => done === total && total > 0)).toBe(true);
    const progress = told.flatMap((event) => (event.type === "scan_progress" ? [event.data] : []));
    expect(progress.at(-1)).toMatchObject({ scanId, percent: 100, connectionName: "Sandbox" });
    const percents = progress.map(({ percent }) => percent!);
    expect(percents).toEqual(percents.toSorted((left, right) => left - right));
    expect((await latest()).map(({ id }) => id)).toEqual([scanId]);
  });

  test("tells which subscription may not be read; the rest landed", async () => {
    const [closed] = tenant.sandbox().subscriptionIds;
    tenant.sandbox().faults.add({
      path: `${closed}/providers/microsoft.costmanagement`,
      kind: "error",
      status: 501,
      times: 100,
    });
    tenant.setNow("2026-10-05T10:30:00Z");
    const { connections } = await tenant.scan();
    tenant.sandbox().faults.clear();
    const scan = await tenant.call<ScanStatus>("get_scan", { id: connections[0]!.scanId });
    expect(scan).toMatchObject({
      kind: "incremental",
      status: "partial",
      counts: { resourceCount: knownCount() },
    });
    expect(scan.failures.map(({ subscriptionId, stage }) => [subscriptionId, stage])).toEqual(
      scan.failures.map(() => [closed, "costs"]),
    );
    expect(scan.failures.length).toBeGreaterThan(0);
  });

  test("tells once that a subscription is hidden; what was known of it stays", async () => {
    const [hidden] = tenant.sandbox().subscriptionIds;
    const reveal = tenant.sandbox().permissions.deny({
      scope: `/subscriptions/${hidden}`,
      actions: ["Microsoft.Resources/subscriptions/read"],
    });
    const { connections } = await tenant.scan();
    const again = await tenant.scan();
    reveal();
    const scan = await tenant.call<ScanStatus>("get_scan", { id: connections[0]!.scanId });
    expect(scan).toMatchObject({ status: "partial", counts: { goneCount: 0 } });
    expect(scan.failures).toMatchObject([
      { subscriptionId: hidden, stage: "subscriptions", code: "forbidden", hint: expect.any(String) },
    ]);
    expect(scan.counts.byType!.reduce((sum, { count }) => sum + count, 0)).toBe(knownCount());
    expect(again.connections[0]).toMatchObject({ status: "done", subscriptionCount: 2 });
  });

  test("whose process died is told as interrupted, gone on with by the daily job, once, and by no second one", async () => {
    tenant.setNow("2026-10-05T11:30:00Z");
    const died = randomUUID();
    const at = new Date();
    const { connectionId } = tenant;
    const { organizationId } = tenant.actor;
    await write((transaction) =>
      beginScan(transaction, { id: died, organizationId, connectionId, kind: "full", at }),
    );
    const lease = { scanId: died, host: hostname(), pid: deadPid, until: "2999-01-01T00:00:00Z" };
    await write((transaction) => writeScanLease(transaction, connectionId, lease));
    expect(await tenant.call("get_scan", { id: died })).toMatchObject({
      status: "interrupted",
      endedAt: null,
    });

    const runs: unknown[] = [];
    const invoke: Invoke = async (call) => {
      runs.push(call.input);
      return tenant.tools.invoke(call);
    };
    const options = {
      database: engine.database(),
      demo: true,
      invoke,
      now: () => Temporal.Instant.from("2026-10-05T11:30:00Z"),
      log: createLog({ level: "silent" }),
      signal: new AbortController().signal,
    };
    await scanDaily(options);
    expect(runs).toEqual([{ connectionName: "Sandbox" }]);
    const [resumed] = await latest();
    expect(resumed).toMatchObject({
      status: "done",
      resumes: died,
      counts: { resourceCount: knownCount(), readCount: tenant.truth.totals.unmanagedDiskCount },
    });
    expect(await tenant.call("get_scan", { id: died })).toMatchObject({
      status: "interrupted",
      endedAt: expect.any(String),
    });
    await scanDaily(options);
    expect(runs).toHaveLength(1);
    const second = {
      id: randomUUID(),
      organizationId,
      connectionId,
      kind: "full" as const,
      at: new Date(now),
    };
    await write((transaction) => beginScan(transaction, second));
    const insertion = write(async (transaction) => {
      await transaction
        .insertInto("scans")
        .values({
          ...{ id: randomUUID(), organization_id: organizationId, connection_id: connectionId },
          ...{ kind: "full", status: "running", resumes: null, started_at: now, updated_at: now },
          ...{ ended_at: null, phases: "[]", counts: "{}", failures: "[]" },
        })
        .execute();
    });
    await expect(insertion).rejects.toThrow("scans_one_running");
  });

  test("is not found for another organization, and of an unknown id", async () => {
    const [scan] = await latest();
    const other = tenant.tools.actor(await tenant.tools.createOrganization("Fabrikam"), "admin");
    for (const [actor, id] of [
      [other, scan!.id],
      [tenant.actor, randomUUID()],
    ] as const) {
      const asked = tenant.tools.invoke({ actor, name: "get_scan", input: { id }, source: "rest" });
      await expect(asked).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
