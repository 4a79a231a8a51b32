import { expect, test } from "vitest";
import { matchSubscriptions } from "./match-subscriptions.ts";
import { findResourceTypes, resourceTypeLabel } from "./resource-types.ts";

test.each([
  ["VMs", "microsoft.compute/virtualmachines"],
  ["virtual machines", "microsoft.compute/virtualmachines"],
  ["Disks", "microsoft.compute/disks"],
  ["public ips", "microsoft.network/publicipaddresses"],
  ["Public IP addresses", "microsoft.network/publicipaddresses"],
  ["k8s", "microsoft.containerservice/managedclusters"],
  ["AKS", "microsoft.containerservice/managedclusters"],
  ["sql databases", "microsoft.sql/servers/databases"],
  ["App Services", "microsoft.web/sites"],
  ["web app", "microsoft.web/sites"],
  ["storage accounts", "microsoft.storage/storageaccounts"],
  ["load_balancers", "microsoft.network/loadbalancers"],
  ["NSGs", "microsoft.network/networksecuritygroups"],
  ["key vaults", "microsoft.keyvault/vaults"],
  ["Microsoft.Compute/disks", "microsoft.compute/disks"],
])("%s means %s", (word, type) => {
  expect(findResourceTypes(word)).toEqual([type]);
});

test("an unknown word is no type, and an unknown type is its last part", () => {
  expect(findResourceTypes("quantum things")).toEqual([]);
  expect(resourceTypeLabel("microsoft.quantum/workspaces")).toBe("workspaces");
  expect(resourceTypeLabel(null)).toBe("Resource");
});

test("a subscription is meant by id, by its whole name, else by a part", () => {
  const names = new Map([
    ["id-1", "Contoso Production"],
    ["id-2", "Contoso"],
  ]);
  expect(matchSubscriptions("contoso", names)).toEqual(["id-2"]);
  expect(matchSubscriptions("production", names)).toEqual(["id-1"]);
  expect(matchSubscriptions("id-2", names)).toEqual(["id-2"]);
  expect(matchSubscriptions("nothing", names)).toEqual([]);
});
