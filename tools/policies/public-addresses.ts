import type { StoredResource } from "@cloudoptima/db/queries/resources.ts";
import { readProperty, readText } from "../clouds/read-property.ts";

const cardType = "microsoft.network/networkinterfaces";
const balancerType = "microsoft.network/loadbalancers";

/** Which resources are reachable by a public address, and by which: cards, the machines on them, load balancers. */
export function publicAddresses(resources: readonly StoredResource[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (id: string, addresses: string[]) => found.set(id, [...(found.get(id) ?? []), ...addresses]);
  for (const { id, type, properties } of resources) {
    if (type !== cardType && type !== balancerType) continue;
    const key = type === cardType ? "ipConfigurations" : "frontendIPConfigurations";
    const configurations = readProperty(properties, key);
    const addresses = (Array.isArray(configurations) ? configurations : []).flatMap(
      (configuration) => readText(configuration, "properties", "publicIPAddress", "id")?.toLowerCase() ?? [],
    );
    if (addresses.length === 0) continue;
    add(id, addresses);
    const machine = readText(properties, "virtualMachine", "id");
    if (machine) add(machine.toLowerCase(), addresses);
  }
  return found;
}
