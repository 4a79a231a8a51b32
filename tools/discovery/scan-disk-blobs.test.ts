import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diskBlobId, diskBlobType } from "../clouds/disk-blob-id.ts";
import { Tenant, type TenantInput } from "../clouds/sandbox/tenant/tenant-schema.ts";
import type { ScanStatus } from "./scan-status.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const subscription = "22222222-0000-4000-8000-000000000000";
const group = `/subscriptions/${subscription}/resourceGroups/rg-old/providers`;
const account = (name: string) => `${group}/Microsoft.Storage/storageAccounts/${name}`;
const vmId = `${group}/Microsoft.Compute/virtualMachines/vm-old`;

/** A machine on blobs of one account, and a second account with a disk that nobody uses. */
const estate = (): TenantInput => ({
  version: 1,
  name: "Old",
  tenantId: "old",
  seed: "1",
  days: 2,
  subscriptions: [{ id: subscription, name: "Old Main" }],
  resources: [
    ...["stone", "sttwo"].map((name) => ({
      id: account(name),
      name,
      type: "Microsoft.Storage/storageAccounts",
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      tags: { Team: "crm" },
    })),
    {
      id: vmId,
      name: "vm-old",
      type: "Microsoft.Compute/virtualMachines",
      location: "westeurope",
      properties: {
        hardwareProfile: { vmSize: "Standard_D2s_v3" },
        storageProfile: {
          osDisk: { osType: "Linux", vhd: { uri: "https://stone.blob.core.windows.net/vhds/OS.vhd" } },
        },
      },
    },
  ],
  charges: [],
  blobs: [disk("stone", "OS.vhd", { lease: "leased" }), disk("stone", "os.vhd"), disk("sttwo", "left.vhd")],
});

function disk(name: string, blob: string, more = {}): NonNullable<TenantInput["blobs"]>[number] {
  return {
    accountId: account(name),
    container: "vhds",
    name: blob,
    sizeBytes: 64 * 1024 ** 3 + 512,
    created: "2020-01-02",
    lastModified: "2026-01-02",
    ...more,
  };
}

describeEachEngine("unmanaged disks in a scan", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), {
      seed: "unmanaged disks",
      resources: 20,
      days: 2,
      now: "2026-10-05T09:30:00Z",
      tenant: Tenant.parse(estate()),
    });
  });
  afterAll(() => tenant?.close());

  const disks = async () => {
    const { rows } = await tenant.call<ResourceSearchOutput>("search_resources", { type: "unmanaged disks" });
    return rows.map(({ name, status }) => `${name} ${status}`).sort();
  };
  const changes = async (name: string) => {
    const id = diskBlobId(account("sttwo"), "vhds", name);
    const { events } = await tenant.call<{ events: { kind: string }[] }>("get_resource_history", { id });
    return events.map(({ kind }) => kind);
  };
  const serve = (change: (input: TenantInput) => void) => {
    const input = estate();
    change(input);
    return tenant.serve(Tenant.parse(input));
  };

  test("are listed beside the resources and counted by type, and hang on their machine and account", async () => {
    const { connections } = await tenant.scan();
    expect(connections[0]).toMatchObject({ status: "done", kind: "full", resourceCount: 6, readCount: 6 });
    expect(await disks()).toEqual(["OS.vhd leased", "left.vhd unleased", "os.vhd unleased"]);
    const { scans } = await tenant.call<{ scans: ScanStatus[] }>("list_scans");
    expect(scans[0]!.counts.byType).toContainEqual({ type: diskBlobType, label: "Unmanaged disk", count: 3 });

    const related = async (id: string) => {
      const { rows } = await tenant.call<{ rows: Record<string, unknown>[] }>("get_resource_relationships", {
        id,
      });
      return rows.map(({ direction, kind, name, steps }) => `${direction} ${kind} ${name} ${steps}`);
    };
    expect(await related("vm-old")).toEqual(["uses disk_blob OS.vhd 1", "uses storage_account stone 1"]);
    const blob = diskBlobId(account("stone"), "vhds", "OS.vhd");
    expect(await related(blob)).toEqual(["uses storage_account stone 1", "used_by disk_blob vm-old 1"]);
    // Capitals count: the other one is nobody's.
    expect(await related(diskBlobId(account("stone"), "vhds", "os.vhd"))).toEqual([
      "uses storage_account stone 1",
    ]);
  });

  test("that come, change hands and go are seen by a scan of changes, which no feed tells of", async () => {
    tenant.setNow("2026-10-05T10:30:00Z");
    await serve(({ blobs }) => {
      blobs!.splice(2, 1, disk("sttwo", "new.vhd", { lease: "leased" }));
    });
    const { connections } = await tenant.scan();
    expect(connections[0]).toMatchObject({
      status: "done",
      kind: "incremental",
      resourceCount: 6,
      goneCount: 1,
    });
    expect(await disks()).toEqual(["OS.vhd leased", "new.vhd leased", "os.vhd unleased"]);
    expect(await changes("left.vhd")).toEqual(["gone", "created"]);

    tenant.setNow("2026-10-06T10:30:00Z");
    await serve(({ blobs }) => {
      blobs!.splice(2, 1, disk("sttwo", "new.vhd"), disk("sttwo", "left.vhd"));
    });
    const full = await tenant.scan();
    expect(full.connections[0]).toMatchObject({
      status: "done",
      kind: "full",
      resourceCount: 7,
      goneCount: 0,
    });
    expect(await changes("left.vhd")).toEqual(["returned", "gone", "created"]);
    expect(await changes("new.vhd")).toEqual(["updated", "created"]);
  });

  test("of an account that is closed to us stay as they were, and the scan says whose they are", async () => {
    tenant.setNow("2026-10-07T10:30:00Z");
    await serve(({ resources, blobs }) => {
      blobs!.splice(0, 3);
      resources[1]!.properties = { networkAcls: { defaultAction: "Deny" } };
    });
    const lift = tenant.sandbox().permissions.deny({
      scope: account("stone"),
      actions: ["Microsoft.Storage/storageAccounts/blobServices/*"],
    });
    const { connections } = await tenant.scan();
    lift();
    expect(connections[0]).toMatchObject({ status: "partial", resourceCount: 7, goneCount: 0 });
    const failures = connections[0]!.failures.map(({ message, hint, resourceType }) => ({
      resourceType,
      account: /Not read: (.+)\.$/.exec(message)?.[1],
      hint: hint?.slice(0, 40),
    }));
    expect(failures.toSorted((a, b) => (a.account! < b.account! ? -1 : 1))).toEqual([
      {
        resourceType: diskBlobType,
        account: "stone",
        hint: "Give it the role Storage Blob Data Reader".slice(0, 40),
      },
      { resourceType: diskBlobType, account: "sttwo", hint: "Let their firewall admit this server, or" },
    ]);
    expect(await disks()).toHaveLength(4);
  });

  test("of accounts that never let us list them are no failure of a scan, and no zero either", async () => {
    const actions = ["Microsoft.Storage/storageAccounts/blobServices/*"];
    const lift = tenant.sandbox().permissions.deny({ scope: `/subscriptions/${subscription}`, actions });
    await tenant.tools.context(tenant.actor).write(async (transaction) => {
      await transaction.deleteFrom("resources").where("resource_type", "=", diskBlobType).execute();
    });
    tenant.setNow("2026-10-07T11:30:00Z");
    const { connections } = await tenant.scan();
    lift();
    expect(connections[0]).toMatchObject({ status: "done", failures: [] });
    expect(connections[0]!.notGranted).toContainEqual(
      expect.objectContaining({ code: "forbidden", message: expect.stringContaining("Not read: stone.") }),
    );
    const { scans } = await tenant.call<{ scans: ScanStatus[] }>("list_scans");
    expect(scans[0]).toMatchObject({ status: "done", failures: [], notGranted: connections[0]!.notGranted });
    const found = await tenant.call<ResourceSearchOutput>("search_resources", { type: "unmanaged disks" });
    expect(found).toMatchObject({ totalCount: 0, note: expect.stringContaining("Not read: stone.") });
    const fresh = await tenant.call<{ scans: { notGranted: string[] }[] }>("get_data_freshness");
    expect(fresh.scans[0]!.notGranted).toContainEqual(expect.stringContaining("Not read: stone."));
    const list = await tenant.call<{ connections: { lastScanResult: { notGranted: object[] } }[] }>(
      "list_connections",
    );
    expect(list.connections[0]!.lastScanResult.notGranted).toHaveLength(2);
    // Let in again, they are found, by a scan of changes too.
    tenant.setNow("2026-10-07T12:30:00Z");
    await serve(() => {});
    expect((await tenant.scan()).connections[0]).toMatchObject({ status: "done", kind: "incremental" });
    expect(await disks()).toHaveLength(3);
  });

  test("go with their account", async () => {
    tenant.setNow("2026-10-08T11:30:00Z");
    await serve(({ resources, blobs }) => {
      resources.splice(1, 1);
      blobs!.splice(2, 1);
    });
    const { connections } = await tenant.scan();
    expect(connections[0]).toMatchObject({ status: "done", resourceCount: 4 });
    expect(await disks()).toEqual(["OS.vhd leased", "os.vhd unleased"]);
  });

  test("of accounts that held none are looked for once a day, and when the account was changed", async () => {
    const names = ["stasis", "stnew"];
    const serveBlobs = (...blobs: NonNullable<TenantInput["blobs"]>) =>
      serve(({ resources, blobs: all }) => {
        const [first] = resources;
        resources.splice(1, 1, ...names.map((name) => ({ ...first!, id: account(name), name })));
        all!.splice(2, 1, ...blobs);
      });
    tenant.setNow("2026-10-09T12:30:00Z");
    await serveBlobs();
    expect((await tenant.scan()).connections[0]).toMatchObject({ status: "done", kind: "full" });

    tenant.setNow("2026-10-09T13:30:00Z");
    await serveBlobs(disk("stasis", "late.vhd"), disk("stnew", "new.vhd"));
    const { estate } = tenant.sandbox();
    const changed = estate.resources().find(({ name }) => name === "stnew")!;
    estate.put({ ...changed, tags: { ...changed.tags, Reviewed: "yes" } });
    expect((await tenant.scan()).connections[0]).toMatchObject({ status: "done", kind: "incremental" });
    expect(await disks()).toEqual(["OS.vhd leased", "new.vhd unleased", "os.vhd unleased"]);

    tenant.setNow("2026-10-10T13:30:00Z");
    expect((await tenant.scan()).connections[0]).toMatchObject({ status: "done", kind: "full" });
    expect(await disks()).toContain("late.vhd unleased");
  });
});
