import type { LiveResource } from "../clouds/cloud.ts";
import { readProperty, readText } from "../clouds/read-property.ts";
import type { ActionReader } from "../kernel/define-action.ts";

type Reader = Pick<ActionReader, "cloud" | "signal">;

/** Names of a virtual machine's public IP addresses that Azure takes back when it is deallocated, read live. */
export async function findDynamicAddresses(
  { cloud, signal }: Reader,
  machine: LiveResource,
): Promise<string[]> {
  const names: string[] = [];
  for (const card of idsIn(readProperty(machine.properties, "networkProfile", "networkInterfaces"))) {
    const live = await cloud.resource(card, signal);
    const configurations = live && readProperty(live.properties, "ipConfigurations");
    for (const configuration of Array.isArray(configurations) ? configurations : []) {
      const id = readText(configuration, "properties", "publicIPAddress", "id");
      const address = id && (await cloud.resource(id.toLowerCase(), signal));
      if (!address) continue;
      const method = readText(address.properties, "publicIPAllocationMethod");
      if (method?.toLowerCase() === "dynamic") names.push(address.name);
    }
  }
  return names;
}

/** What people should know before a machine with such addresses is deallocated. */
export const addressLoss = (dynamicAddresses: readonly string[]): string[] =>
  dynamicAddresses.length > 0
    ? ["Its dynamic public IP address is given back; the next start gets another."]
    : [];

/** A dynamic address that came after the plan would be given back without anyone having been told; null: none. */
export async function unplannedLoss(
  reader: Reader,
  machine: LiveResource,
  planned: readonly string[],
): Promise<string | null> {
  const unplanned = (await findDynamicAddresses(reader, machine)).find((name) => !planned.includes(name));
  return unplanned ? `it got the dynamic address ${unplanned}, which a stop gives back.` : null;
}

function idsIn(references: unknown): string[] {
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference) => readText(reference, "id")?.toLowerCase() ?? []);
}
