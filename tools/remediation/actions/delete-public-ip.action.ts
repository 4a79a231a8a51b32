import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readProperty, readText } from "../../clouds/read-property.ts";
import { defineAction } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { changeRisk } from "../change-risk.ts";
import { isGone } from "../is-gone.ts";
import { isMade } from "../is-made.ts";
import { Definition, idToMake, readDefinition } from "../read-definition.ts";

const Parameters = z.object({ definition: Definition });

/** What of a public IP address is its definition; the rest (address, guid, state) Azure gives. */
const definingProperties = [
  "publicIPAllocationMethod",
  "publicIPAddressVersion",
  "idleTimeoutInMinutes",
  "dnsSettings",
  "ddosSettings",
  "ipTags",
  "deleteOption",
];

/** Deletes public IP addresses that nothing uses. The address itself may be lost, so it is not called reversible. */
export default defineAction({
  name: "delete_public_ip",
  version: 1,
  title: "Delete public IP addresses",
  examples: [
    "delete the unused public IP addresses in rg-dev",
    "remove pip-dev-jumpbox-001",
    "get rid of public IPs nobody uses",
  ],
  resourceType: "microsoft.network/publicipaddresses",
  resolves: ["unused_public_ip"],
  operations: ["Microsoft.Network/publicIPAddresses/delete"],
  headline: (count) => (count === 1 ? "Delete 1 public IP address" : `Delete ${count} public IP addresses`),
  input: z.object({}),

  async plan(_reader, live) {
    const user = userOf(live);
    if (user) {
      throw new AppError("conflict", `${live.name} is still used by ${user}.`, {
        hint: "Azure refuses to delete it: detach it there first.",
      });
    }
    const address = readText(live.properties, "ipAddress");
    return {
      parameters: { definition: readDefinition(live, definingProperties) },
      effects: [
        `The address${address ? ` ${address}` : ""} goes back to Azure: a DNS record or firewall rule that names it loses its target, and it can most likely not be had again.`,
      ],
      risk: changeRisk("delete_public_ip", live),
      reversible: false,
      createdMonthlyCost: null,
    };
  },

  apply: {
    // All that the address is made again from: what came after the plan would be lost by the way back.
    driftFields: (live) => ({
      exists: live !== null,
      usedBy: live && userOf(live),
      address: (live && readText(live.properties, "ipAddress")) ?? null,
      resourceGuid: (live && readText(live.properties, "resourceGuid")) ?? null,
      ...(live ? readDefinition(live, definingProperties) : {}),
    }),
    checkEvidence: async () => null,
    steps: [
      {
        name: "delete",
        submit: ({ cloud, resourceId, live, signal }) => cloud.delete(resourceId, live?.etag ?? null, signal),
        verify: async ({ live }) => isGone(live),
      },
    ],
  },

  undo: {
    describe: () => "Make the same definition again; the address may be another one.",
    headline: (count) =>
      count === 1 ? "Make 1 public IP address again" : `Make ${count} public IP addresses again`,
    effects: () => ["It costs again, and its address may be another one."],
    until: () => null,
    operations: ["Microsoft.Network/publicIPAddresses/write"],
    driftFields: (live) => ({ exists: live !== null }),
    checkEvidence: async () => null,
    steps: [
      {
        name: "create",
        submit: ({ cloud, resourceId, parameters, signal }) => {
          const { definition } = Parameters.parse(parameters);
          return cloud.create(idToMake(resourceId, definition), definition, signal);
        },
        verify: async ({ live }) => isMade(live),
      },
    ],
  },
});

/** Who refers to it, as the end of a sentence; null: nobody. */
function userOf(live: LiveResource): string | null {
  for (const reference of ["ipConfiguration", "natGateway", "publicIPPrefix", "linkedPublicIPAddress"]) {
    if (readProperty(live.properties, reference)) {
      return readText(live.properties, reference, "id")?.toLowerCase() ?? reference;
    }
  }
  return null;
}
