import { expect, test } from "vitest";
import { readChange } from "./read-change.ts";

const row = (properties: object) => ({
  id: "/Subscriptions/S/providers/Microsoft.Resources/changes/1",
  properties: {
    targetResourceId: "/subscriptions/S/resourceGroups/G/providers/microsoft.compute/virtualmachines/myVM",
    targetResourceType: "microsoft.compute/virtualmachines",
    changeType: "Update",
    // As in Microsoft's "Get resource changes".
    changeAttributes: {
      previousResourceSnapshotId:
        "08584889383111245807_37592049-3996-ece7-c583-3008aef9e0e1_4043682982_1712668574",
      newResourceSnapshotId:
        "08584889377081305807_38788020-eeee-ffff-028f-6121bdac9cfe_4213468768_1712669177",
      correlationId: "04ff69b3-e162-4583-9cd7-1a14a1ec2c61",
      changedByType: "User",
      changesCount: 2,
      clientType: "ARM Template",
      changedBy: "john@contoso.com",
      operation: "microsoft.compute/virtualmachines/write",
      timestamp: "2024-04-09T13:26:17.347+00:00",
    },
    changes: {},
    ...properties,
  },
});

test("a change is told by the names that its resource has here", () => {
  const changes = {
    "properties.hardwareProfile.vmSize": { newValue: "B", previousValue: "A", changeCategory: "User" },
    "tags.Team": { newValue: "web", previousValue: null },
    "properties.extended.instanceView.powerState.code": {
      previousValue: "PowerState/running",
      newValue: "PowerState/deallocated",
    },
    "properties.extended.instanceView.powerState.displayStatus": {
      previousValue: "VM running",
      newValue: "VM off",
    },
    "sku.capacity": { previousValue: 4, newValue: 8 },
    location: { previousValue: "West Europe", newValue: "northeurope" },
    "properties.same": { previousValue: "x", newValue: "x" },
  };
  const change = readChange(row({ changes }));
  expect({ ...change, at: change.at.toString() }).toEqual({
    id: "/subscriptions/s/providers/microsoft.resources/changes/1",
    resourceId: "/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/myvm",
    resourceType: "microsoft.compute/virtualmachines",
    at: "2024-04-09T13:26:17.347Z",
    kind: "updated",
    changedBy: "john@contoso.com",
    client: "ARM Template",
    operation: "microsoft.compute/virtualmachines/write",
    fields: [
      { field: "hardwareProfile.vmSize", from: "A", to: "B" },
      { field: "tags.Team", from: null, to: "web" },
      { field: "status", from: "running", to: "deallocated" },
      { field: "sku.capacity", from: "4", to: "8" },
      { field: "region", from: "westeurope", to: "northeurope" },
    ],
  });
});

test("what Azure does not know is null, and words are one line without steering characters", () => {
  const attributes = {
    timestamp: "2024-04-09T13:26:17Z",
    changedBy: "Unspecified",
    clientType: "",
    operation: null,
  };
  expect(readChange(row({ changeAttributes: attributes, changes: null }))).toMatchObject({
    changedBy: null,
    client: null,
    operation: null,
    fields: [],
  });
  const hostile = { ...attributes, changedBy: `a\u202eb\nc\u001b[31m${"x".repeat(400)}` };
  const { changedBy } = readChange(row({ changeAttributes: hostile }));
  expect(changedBy).toMatch(/^ab cx+$/);
  expect(changedBy!.length).toBe(200);
});

test("what is no change of Azure's is refused rather than half read", () => {
  expect(() => readChange(row({ changeType: "Renamed" }))).toThrow();
  expect(() => readChange({ id: "x", properties: {} })).toThrow();
  expect(() => readChange(row({ changeAttributes: { timestamp: "yesterday" } }))).toThrow();
});
