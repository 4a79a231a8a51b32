import { expect, test } from "vitest";
import { normalizeResource, ResourceRow } from "./normalize-resource.ts";
import { regionId } from "./region-names.ts";
import { parseResourceId } from "./resource-id.ts";

const row = (more: Partial<ResourceRow>) =>
  normalizeResource(
    ResourceRow.parse({
      id: "/subscriptions/S1/resourceGroups/RG-Web/providers/Microsoft.Compute/virtualMachines/VM-1",
      name: "VM-1",
      subscriptionId: "S1",
      type: "Microsoft.Compute/virtualMachines",
      location: "West Europe",
      resourceGroup: "RG-Web",
      ...more,
    }),
  );

test("ids, types and groups come in lower case, names as they are", () => {
  expect(row({ tags: { Team: "web", Empty: null } })).toMatchObject({
    id: "/subscriptions/s1/resourcegroups/rg-web/providers/microsoft.compute/virtualmachines/vm-1",
    type: "microsoft.compute/virtualmachines",
    name: "VM-1",
    subscriptionId: "s1",
    resourceGroup: "rg-web",
    region: "westeurope",
    tags: { Team: "web", Empty: "" },
  });
});

test.each([
  [
    { extended: { instanceView: { powerState: { code: "PowerState/deallocated" } } } },
    undefined,
    "deallocated",
  ],
  [{ Extended: { InstanceView: { PowerState: { Code: "PowerState/running" } } } }, undefined, "running"],
  [{ provisioningState: "Succeeded" }, undefined, "succeeded"],
  [{ diskState: "Unattached", provisioningState: "Succeeded" }, "Microsoft.Compute/disks", "unattached"],
  [{ status: "Online" }, "microsoft.sql/servers/databases", "online"],
  [{}, undefined, null],
])("status of %j", (properties, type, status) => {
  expect(row({ properties, ...(type ? { type } : {}) }).status).toBe(status);
});

test("reads group, type and name out of any resource id", () => {
  expect(
    parseResourceId("/subscriptions/s/resourceGroups/RG/providers/Microsoft.Sql/servers/a/databases/B"),
  ).toEqual({ resourceGroup: "rg", type: "microsoft.sql/servers/databases", name: "b" });
  expect(parseResourceId("/subscriptions/s/resourceGroups/rg")).toEqual({
    resourceGroup: "rg",
    type: null,
    name: "rg",
  });
  expect(parseResourceId("")).toEqual({ resourceGroup: null, type: null, name: null });
  // An extension resource: the last provider names what it is.
  expect(
    parseResourceId(
      "/subscriptions/s/resourceGroups/rg/providers/m.compute/vms/v/providers/m.insights/rules/r",
    ).type,
  ).toBe("m.insights/rules");
});

test.each([
  ["EU West", "westeurope"],
  ["West Europe", "westeurope"],
  ["westeurope", "westeurope"],
  ["US East 2", "eastus2"],
  ["Unassigned", null],
  ["", null],
  [undefined, null],
])("the bill's region %s is %s", (name, id) => {
  expect(regionId(name)).toBe(id);
});
