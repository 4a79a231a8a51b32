import { expect, test } from "vitest";
import { allows } from "./missing-permissions.ts";

test.each([
  [["*"], [], "Microsoft.Compute/disks/delete", true],
  [["*/read"], [], "Microsoft.Compute/disks/read", true],
  [["*/read"], [], "Microsoft.Compute/disks/delete", false],
  [["Microsoft.Compute/*"], [], "microsoft.compute/virtualmachines/deallocate/action", true],
  [
    ["Microsoft.Compute/virtualMachines/*/action"],
    [],
    "Microsoft.Compute/virtualMachines/start/action",
    true,
  ],
  [["Microsoft.Compute/disks"], [], "Microsoft.Compute/disks/delete", false],
  [["Microsoft.Computer/*"], [], "Microsoft.Compute/disks/delete", false],
  // A dot is a dot, not any character.
  [["Microsoft.Compute/disks/delete"], [], "MicrosoftxCompute/disks/delete", false],
  [["*"], ["Microsoft.Compute/*/delete"], "Microsoft.Compute/disks/delete", false],
  [["*"], ["Microsoft.Compute/*/delete"], "Microsoft.Compute/disks/write", true],
  [[], [], "Microsoft.Compute/disks/read", false],
])("actions %j without %j allow %s: %s", (actions, notActions, operation, expected) => {
  const data = { dataActions: ["*"], notDataActions: [] };
  expect(allows({ actions, notActions, ...data }, operation)).toBe(expected);
});

test("reading blobs is a matter of data actions: an owner's * does not bring it", () => {
  const operation = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
  const owner = { actions: ["*"], notActions: [], dataActions: [], notDataActions: [] };
  expect(allows(owner, operation)).toBe(false);
  expect(allows({ ...owner, dataActions: [operation] }, operation)).toBe(true);
  expect(allows({ ...owner, dataActions: ["*"], notDataActions: [operation] }, operation)).toBe(false);
  expect(allows(owner, "Microsoft.Storage/storageAccounts/blobServices/containers/read")).toBe(true);
});
