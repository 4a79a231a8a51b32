import type { LiveResource } from "../clouds/cloud.ts";
import { readProperty, readText } from "../clouds/read-property.ts";
import type { ActionReader } from "../kernel/define-action.ts";

export interface PublicAddress {
  name: string;
  /** Given back to Azure when the machine is deallocated. */
  isDynamic: boolean;
}

/** Public IP addresses of a virtual machine's network cards, read live. */
export async function findPublicAddresses(
  { cloud, signal }: Pick<ActionReader, "cloud" | "signal">,
  machine: LiveResource,
): Promise<PublicAddress[]> {
  const addresses: PublicAddress[] = [];
  for (const card of idsIn(readProperty(machine.properties, "networkProfile", "networkInterfaces"))) {
    const live = await cloud.resource(card, signal);
    const configurations = live && readProperty(live.properties, "ipConfigurations");
    for (const configuration of Array.isArray(configurations) ? configurations : []) {
      const id = readText(configuration, "properties", "publicIPAddress", "id");
      const address = id && (await cloud.resource(id.toLowerCase(), signal));
      if (!address) continue;
      const method = readText(address.properties, "publicIPAllocationMethod");
      addresses.push({ name: address.name, isDynamic: method?.toLowerCase() === "dynamic" });
    }
  }
  return addresses;
}

/** A dynamic address that came after the plan would be given back without anyone having been told; null: none. */
export async function unplannedLoss(
  reader: Pick<ActionReader, "cloud" | "signal">,
  machine: LiveResource,
  planned: readonly string[],
): Promise<string | null> {
  const addresses = await findPublicAddresses(reader, machine);
  const unplanned = addresses.find(({ name, isDynamic }) => isDynamic && !planned.includes(name));
  return unplanned ? `it got the dynamic address ${unplanned.name}, which a stop gives back.` : null;
}

function idsIn(references: unknown): string[] {
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference) => readText(reference, "id")?.toLowerCase() ?? []);
}
