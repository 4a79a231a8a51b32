import { describe, expect, it } from "vitest";
import { type ComparedResource, diffResource } from "./diff-resource.ts";

const machine: ComparedResource = {
  name: "vm-1",
  region: "westeurope",
  resourceGroup: "rg-web",
  tags: { Team: "web", Owner: "a" },
  status: "running",
  properties: {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    extended: { instanceView: { powerState: { code: "PowerState/running" } } },
    etag: "1",
    provisioningState: "Succeeded",
    timeCreated: "2026-01-01T00:00:00Z",
    storageProfile: { dataDisks: [{ lun: 0, name: "d0", managedDisk: { id: "/d0" } }] },
    networkProfile: { networkInterfaces: [{ id: "/nics/nic-1", properties: { primary: true } }] },
  },
};

function changed(change: Partial<ComparedResource>, properties: Record<string, unknown> = {}) {
  const after = { ...machine, ...change, properties: { ...machine.properties, ...properties } };
  return diffResource(machine, after);
}

describe("what changed on a resource", () => {
  it("names each field with its kind, from and to", () => {
    expect(
      changed(
        { tags: { Team: "data", Cost: "1" }, region: "northeurope" },
        { hardwareProfile: { vmSize: "Standard_D4s_v5" }, sku: { tier: "Premium" } },
      ),
    ).toEqual([
      { field: "hardwareProfile.vmSize", category: "size", from: "Standard_D2s_v5", to: "Standard_D4s_v5" },
      { field: "region", category: "region", from: "westeurope", to: "northeurope" },
      { field: "sku.tier", category: "tier", from: null, to: "Premium" },
      { field: "tags.Cost", category: "tag", from: null, to: "1" },
      { field: "tags.Owner", category: "tag", from: "a", to: null },
      { field: "tags.Team", category: "tag", from: "web", to: "data" },
    ]);
  });

  it("tells a disk attached before the others as that disk alone", () => {
    const dataDisks = [
      { lun: 1, name: "d1", managedDisk: { id: "/d1" } },
      { lun: 0, name: "d0", managedDisk: { id: "/d0" } },
    ];
    const fields = changed({}, { storageProfile: { dataDisks } });
    expect(fields).not.toEqual([]);
    expect(fields.every(({ field }) => field.startsWith("storageProfile.dataDisks[d1]"))).toBe(true);
    expect(fields).toContainEqual({
      field: "storageProfile.dataDisks[d1].managedDisk.id",
      category: "attachment",
      from: null,
      to: "/d1",
    });
  });

  it("tells a change of state once", () => {
    const deallocated = { instanceView: { powerState: { code: "PowerState/deallocated" } } };
    expect(changed({ status: "deallocated" }, { extended: deallocated })).toEqual([
      { field: "status", category: "status", from: "running", to: "deallocated" },
    ]);
    const disk = { ...machine, status: "attached", properties: { diskState: "Attached", managedBy: "/vm" } };
    const free = { ...machine, status: "unattached", properties: { diskState: "Unattached" } };
    expect(diffResource(disk, free).map(({ field, category }) => [field, category])).toEqual([
      ["managedBy", "attachment"],
      ["status", "status"],
    ]);
  });

  it("leaves out version marks, moments and states on the way, but not a tag or a failure", () => {
    expect(
      changed(
        {},
        { etag: "2", timeCreated: "2026-02-01T00:00:00Z", LastOwnershipUpdateTime: "2026-02-01T00:00:00Z" },
      ),
    ).toEqual([]);
    expect(changed({}, { provisioningState: "Updating" })).toEqual([]);
    expect(changed({}, { provisioningState: "Failed" })).toHaveLength(1);
    expect(changed({ tags: { ...machine.tags, expiryTime: "2026-02-01T00:00:00Z" } })).toHaveLength(1);
  });

  it("keeps values and lists of changes readable", () => {
    const [long] = changed({}, { policy: "😀".repeat(5_000) });
    expect(long!.to!.endsWith("…")).toBe(true);
    expect([...long!.to!]).toHaveLength(2_000);
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`p${index}`, index]));
    expect(changed({}, many)).toHaveLength(400);
  });
});
