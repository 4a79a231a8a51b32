import { afterEach, describe, expect, it } from "vitest";
import { blobAddress } from "../blob-address.ts";
import type { CloudResource, DiskBlob } from "../cloud.ts";
import { diskBlobType } from "../disk-blob-id.ts";
import { Tenant, type TenantInput } from "../sandbox/tenant/tenant-schema.ts";
import { azureEndpoint, blobOrigin } from "./azure-clouds.ts";
import { collect, openSandboxCloud } from "./testing.ts";

const subscription = "11111111-0000-4000-8000-000000000000";
const accountId = (name: string) =>
  `/subscriptions/${subscription}/resourceGroups/RG/providers/Microsoft.Storage/storageAccounts/${name}`;
const { signal } = new AbortController();

type Account = Partial<TenantInput["resources"][number]>;
type BlobInput = NonNullable<TenantInput["blobs"]>[number];

const vhd = (name: string, more: Partial<BlobInput> = {}): BlobInput => ({
  accountId: accountId("stold"),
  container: "vhds",
  name,
  sizeBytes: 1024 ** 3 + 512,
  created: "2024-01-02",
  lastModified: "2025-02-03",
  ...more,
});

let opened: Awaited<ReturnType<typeof openSandboxCloud>> | undefined;
afterEach(() => opened?.sandbox.close());

/** The accounts of a tenant with these blobs, as the inventory has them. */
async function open(blobs: BlobInput[], accounts: Record<string, Account> = { stold: {} }) {
  const tenant = Tenant.parse({
    version: 1,
    name: "Blobs",
    tenantId: "blobs",
    seed: "1",
    days: 2,
    subscriptions: [{ id: subscription, name: "Main" }],
    resources: Object.entries(accounts).map(([name, more]) => ({
      id: accountId(name),
      name,
      type: "Microsoft.Storage/storageAccounts",
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      tags: { Team: "crm" },
      ...more,
    })),
    charges: [],
    blobs,
  } satisfies TenantInput);
  opened = await openSandboxCloud({ tenant });
  const { cloud, sandbox } = opened;
  const inventory: CloudResource[] = [];
  for await (const { items } of cloud.resources([subscription], signal)) inventory.push(...items);
  const disks = (name = "stold") =>
    collect(cloud.diskBlobs(inventory.find((resource) => resource.name === name)!, signal));
  return { disks, sandbox };
}

describe("virtual hard disks in storage accounts, over the wire", () => {
  it("tells what a disk is, whose account it lies in and who holds it", async () => {
    const { disks } = await open([
      vhd("Web Data&1.vhd", { metadata: { MicrosoftAzureCompute_VMName: "web" } }),
      vhd("os.vhd", { container: "boot", lease: "leased" }),
    ]);
    const found = await disks();
    expect(found.map(({ status, name }) => `${name} ${status}`)).toEqual([
      "os.vhd leased",
      "Web Data&1.vhd unleased",
    ]);
    expect(found[1]).toEqual({
      provider: "azure",
      id: `${accountId("stold").toLowerCase()}/blobservices/default/containers/vhds/blobs/%57eb%20%44ata%261.vhd`,
      type: diskBlobType,
      name: "Web Data&1.vhd",
      subscriptionId: subscription,
      resourceGroup: "rg",
      region: "westeurope",
      tags: { Team: "crm" },
      status: "unleased",
      properties: {
        account: "stold",
        container: "vhds",
        blob: "Web Data&1.vhd",
        address: "https://stold.blob.core.windows.net/vhds/Web%20Data%261.vhd",
        sizeBytes: 1024 ** 3 + 512,
        leaseStatus: "unlocked",
        leaseState: "available",
        tier: null,
        createdTime: "2024-01-02T04:05:06.000Z",
        lastModified: "2025-02-03T04:05:06.000Z",
        metadata: { microsoftazurecompute_vmname: "web" },
        sku: { name: "Standard_LRS" },
        kind: "StorageV2",
      } satisfies DiskBlob & Record<string, unknown>,
    });
    // A machine spells the same address its own way.
    const uri = "https://STOLD.blob.core.windows.net/vhds/Web%20Data&1.vhd?sig=secret";
    expect(blobAddress(uri)).toBe(found[1]!.properties.address);
  });

  it("takes neither block blobs nor snapshots of disks nor other page blobs for disks, but whatever a machine marked", async () => {
    const { disks } = await open([
      vhd("upload.vhd", { type: "BlockBlob" }),
      vhd("journal.dat"),
      vhd("DISK.VHD", { snapshots: ["2025-03-04", "2025-03-05"] }),
      vhd("disk.vhd"),
      vhd("nameless", { metadata: { MicrosoftAzureCompute_DiskId: "1" } }),
    ]);
    const found = await disks();
    expect(found.map(({ name }) => name)).toEqual(["DISK.VHD", "disk.vhd", "nameless"]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  });

  it("reads every page, waits as it is told and tries again what breaks off", async () => {
    const files = Array.from({ length: 5_001 }, (_, index) => vhd(`file-${index}`));
    const { disks, sandbox } = await open([...files, vhd("z.vhd"), vhd("a.vhd", { container: "other" })]);
    sandbox.faults.add({ path: "/blobs/stold", kind: "throttle", times: 2, retryAfterSeconds: 7 });
    sandbox.faults.add({ path: "/blobs/stold/vhds", kind: "error", status: 503, times: 1, after: 1 });
    expect((await disks()).map(({ name }) => name)).toEqual(["a.vhd", "z.vhd"]);
    expect(opened!.pace.sleeps.filter((ms) => ms >= 7_000)).toHaveLength(2);
  });

  it.each<[string, Account]>([
    ["block blobs alone", { kind: "BlockBlobStorage" }],
    ["the old kind for blobs", { kind: "BlobStorage" }],
    ["files", { kind: "FileStorage" }],
    ["a hierarchical namespace", { properties: { isHnsEnabled: true } }],
  ])("asks no account for %s, which can hold no page blob", async (_what, account) => {
    const { disks, sandbox } = await open([], { stold: account });
    const { requestCount } = sandbox.stats();
    expect(await disks()).toEqual([]);
    expect(sandbox.stats().requestCount).toBe(requestCount);
  });

  it("is forbidden without the role and behind a firewall, each with what to do, and never just empty", async () => {
    const closed = { publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny" } };
    const { disks, sandbox } = await open([vhd("a.vhd")], {
      stold: {},
      stclosed: { properties: closed },
      stprivate: { properties: { ...closed, privateEndpointConnections: [{ id: "/pe" }] } },
    });
    await expect(disks("stclosed")).rejects.toMatchObject({
      code: "forbidden",
      hint: expect.stringContaining("firewall"),
      details: { azureCode: "AuthorizationFailure" },
    });
    expect(await disks("stprivate")).toEqual([]);
    const lift = sandbox.permissions.deny({ scope: accountId("stold"), actions: ["Microsoft.Storage/*"] });
    await expect(disks()).rejects.toMatchObject({
      code: "forbidden",
      message: expect.not.stringContaining("stold"),
      hint: expect.stringContaining("Storage Blob Data Reader"),
      details: { azureCode: "AuthorizationPermissionMismatch" },
    });
    lift();
    expect(await disks()).toHaveLength(1);
    sandbox.faults.add({ path: "/blobs/stold", kind: "error", times: 20 });
    await expect(disks()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("sends its token to endpoints of the cloud alone, whatever an account says of itself", async () => {
    const named = (blob: string) => ({ properties: { primaryEndpoints: { blob } } });
    const { disks, sandbox } = await open([], {
      stold: named("https://stold.blob.core.windows.net.evil.example/"),
    });
    const { requestCount } = sandbox.stats();
    await expect(disks()).rejects.toMatchObject({ code: "unsupported" });
    expect(sandbox.stats().requestCount).toBe(requestCount);

    const real = azureEndpoint("AzureCloud", { getToken: () => Promise.reject(new Error("never asked")) });
    expect(real.blobs("stold", "https://stold.blob.core.windows.net/")).toBe(
      "https://stold.blob.core.windows.net",
    );
    expect(real.blobs("stold", "https://stold.z07.blob.storage.azure.net/")).toBe(
      "https://stold.z07.blob.storage.azure.net",
    );
    for (const other of [
      "https://stother.blob.core.windows.net/",
      "http://stold.blob.core.windows.net/",
      "https://stold.blob.core.windows.net:8443/",
      "https://stold.blob.core.windows.net/path",
      "https://x@evil.example/stold.blob.core.windows.net/",
      "https://stold.evil.z07.blob.storage.azure.net/",
      "https://stold.z07.blob.storage.azure.net.evil.example/",
      "nonsense",
    ]) {
      expect(() => real.blobs("stold", other)).toThrow(/not Azure's/);
    }
    expect(() =>
      blobOrigin("AzureUSGovernment", "stold", "https://stold.z07.blob.storage.azure.net/"),
    ).toThrow();
    expect(blobOrigin("AzureChinaCloud", "stold")).toBe("https://stold.blob.core.chinacloudapi.cn");
  });
});
