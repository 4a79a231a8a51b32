import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

describeEachEngine("a subscription whose resources the identity may no longer read", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "lost permission", resources: 50, days: 2, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
    await tenant.scan();
  }, 120_000);
  afterAll(() => tenant?.close());

  const scan = async (now: string) => {
    tenant.setNow(now);
    const { connections } = await tenant.scan();
    return connections[0]!;
  };
  const inside = (id: string) =>
    tenant
      .sandbox()
      .estate.resources()
      .filter((resource) => resource.id.toLowerCase().startsWith(`/subscriptions/${id}/`));

  test("but still its costs: nothing of it is marked as gone, as it is where all was really deleted", async () => {
    const [id] = tenant.sandbox().subscriptionIds as [string];
    const before = inside(id);
    expect(before.length).toBeGreaterThan(5);
    // As with the role Cost Management Reader in the place of Reader: the subscription itself stays visible.
    const lift = tenant.sandbox().permissions.deny({
      scope: `/subscriptions/${id}`,
      actions: [...new Set(before.map(({ type }) => `${type}/read`))],
    });
    for (const now of ["2026-10-05T10:30:00Z", "2026-10-07T09:30:00Z"]) {
      expect(await scan(now)).toMatchObject({
        status: "partial",
        goneCount: 0,
        failures: [
          {
            stage: "inventory",
            subscriptionId: id,
            code: "forbidden",
            message: expect.stringContaining(`the ${before.length} that were known are kept`),
          },
        ],
      });
    }
    lift();
    expect(await scan("2026-10-07T10:30:00Z")).toMatchObject({
      status: "done",
      goneCount: 0,
      resourceCount: 50 + tenant.truth.totals.unmanagedDiskCount,
    });
    // The unmanaged disks of an account go with it.
    const [blob] = tenant.generated.tenant.blobs;
    const disks = before.some((one) => one.id === blob?.accountId)
      ? tenant.truth.totals.unmanagedDiskCount
      : 0;
    for (const resource of before) tenant.sandbox().estate.delete(resource.id);
    expect(await scan("2026-10-07T11:30:00Z")).toMatchObject({
      status: "done",
      goneCount: before.length + disks,
    });
  }, 120_000);
});
