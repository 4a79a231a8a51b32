import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readProperty } from "../../clouds/read-property.ts";
import { defineAction } from "../../kernel/define-action.ts";
import { changeRisk } from "../change-risk.ts";
import { deletion } from "../deletion.ts";

/** What a network card can belong to; Azure refuses to delete one that belongs to any of them. */
const owners = ["virtualMachine", "privateEndpoint", "privateLinkService", "managedBy"];

const { parameters, ...change } = deletion({
  nouns: ["network card", "network cards"],
  operation: "Microsoft.Network/networkInterfaces",
  properties: [
    "ipConfigurations",
    "networkSecurityGroup",
    "dnsSettings",
    "enableAcceleratedNetworking",
    "enableIPForwarding",
    "disableTcpStateTracking",
    "nicType",
    "auxiliaryMode",
    "auxiliarySku",
  ],
  neededFor: (live) => (isOwned(live) ? "belongs to something" : null),
  undoEffects: ["Its private address may be another one, and its hardware address is."],
});

/** Deletes network cards that belong to nothing. */
export default defineAction({
  name: "delete_network_card",
  version: 1,
  title: "Delete network cards",
  examples: ["delete the orphaned network cards", "remove the unused nics in rg-dev"],
  resourceType: "microsoft.network/networkinterfaces",
  resolves: ["orphaned_nic"],
  input: z.object({}),
  async plan(_reader, live) {
    const hasAddress = JSON.stringify(readProperty(live.properties, "ipConfigurations") ?? []).match(
      /publicIPAddress"/i,
    );
    return {
      parameters: parameters(live),
      effects: [
        "Its private address goes back to the subnet; made again, it may get another one and has another hardware address.",
        ...(hasAddress ? ["Its public address stays, attached to nothing, and goes on costing."] : []),
      ],
      risk: changeRisk("delete_network_card", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },
  ...change,
});

function isOwned({ properties }: LiveResource): boolean {
  const hosted = readProperty(properties, "hostedWorkloads");
  return (
    owners.some((owner) => readProperty(properties, owner)) || (Array.isArray(hosted) && hosted.length > 0)
  );
}
