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
  expect(allows({ actions, notActions }, operation)).toBe(expected);
});
