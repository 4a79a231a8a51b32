import { blobAddress } from "../clouds/blob-address.ts";
import type { CloudResource } from "../clouds/cloud.ts";

export type RelationshipKind =
  | "disk"
  | "unmanaged_disk"
  | "network_interface"
  | "public_ip"
  | "network_security_group"
  | "virtual_network"
  | "backend"
  | "app_service_plan"
  | "sql_server"
  | "elastic_pool"
  | "node_pool"
  | "source_disk"
  | "source_snapshot"
  | "job_database";

/** `fromId` uses `toId`; ids in lower case. A disk that is a blob has the blob's address as its id. */
export interface Relationship {
  fromId: string;
  toId: string;
  kind: RelationshipKind;
}

/**
 * What a resource's own properties say it uses, or is used by. Both ends may say the same: whichever a scan
 * has read first is enough, and neither needs the other to be known.
 */
export function deriveRelationships({
  id,
  type,
  properties,
}: Pick<CloudResource, "id" | "type" | "properties">): Relationship[] {
  const found = new Map<string, Relationship>();
  const add = (fromId: string, kind: RelationshipKind, toId: string) => {
    if (fromId && toId && fromId !== toId) found.set(`${fromId} ${kind} ${toId}`, { fromId, toId, kind });
  };
  const uses = (kind: RelationshipKind, target: unknown) => add(id, kind, topLevelId(target));
  const usedBy = (kind: RelationshipKind, user: unknown) => add(topLevelId(user), kind, id);
  const each = (...path: string[]) => list(read(properties, ...path));

  switch (type) {
    case "microsoft.compute/virtualmachines": {
      for (const disk of [
        read(properties, "storageProfile", "osDisk"),
        ...each("storageProfile", "dataDisks"),
      ]) {
        uses("disk", read(disk, "managedDisk", "id"));
        add(id, "unmanaged_disk", blobAddress(read(disk, "vhd", "uri")));
        add(id, "unmanaged_disk", blobAddress(read(disk, "image", "uri")));
      }
      for (const card of each("networkProfile", "networkInterfaces"))
        uses("network_interface", read(card, "id"));
      break;
    }
    case "microsoft.compute/virtualmachinescalesets": {
      const network = ["virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations"];
      for (const card of each(...network)) {
        uses("network_security_group", read(card, "properties", "networkSecurityGroup", "id"));
        for (const address of list(read(card, "properties", "ipConfigurations"))) {
          uses("virtual_network", read(address, "properties", "subnet", "id"));
        }
      }
      break;
    }
    case "microsoft.compute/disks":
      usedBy("disk", properties.managedBy);
      for (const user of each("managedByExtended")) usedBy("disk", user);
      break;
    case "microsoft.compute/snapshots": {
      const source = read(properties, "creationData", "sourceResourceId");
      // A snapshot may be copied from another one; that is no disk.
      if (topLevelId(source).includes("/microsoft.compute/disks/")) uses("source_disk", source);
      break;
    }
    case "microsoft.compute/images":
      for (const disk of [
        read(properties, "storageProfile", "osDisk"),
        ...each("storageProfile", "dataDisks"),
      ]) {
        uses("source_snapshot", read(disk, "snapshot", "id"));
        add(id, "unmanaged_disk", blobAddress(read(disk, "blobUri")));
      }
      break;
    case "microsoft.compute/galleries/images/versions":
      for (const disk of [
        read(properties, "storageProfile", "osDiskImage"),
        ...each("storageProfile", "dataDiskImages"),
      ]) {
        const source = read(disk, "source", "id");
        if (topLevelId(source).includes("/microsoft.compute/snapshots/")) uses("source_snapshot", source);
      }
      break;
    case "microsoft.network/networkinterfaces":
      usedBy("network_interface", read(properties, "virtualMachine", "id"));
      uses("network_security_group", read(properties, "networkSecurityGroup", "id"));
      for (const address of each("ipConfigurations")) {
        uses("public_ip", read(address, "properties", "publicIPAddress", "id"));
        uses("virtual_network", read(address, "properties", "subnet", "id"));
      }
      break;
    case "microsoft.network/publicipaddresses":
      usedBy("public_ip", read(properties, "ipConfiguration", "id"));
      usedBy("public_ip", read(properties, "natGateway", "id"));
      break;
    case "microsoft.network/virtualnetworks":
      for (const subnet of each("subnets")) {
        uses("network_security_group", read(subnet, "properties", "networkSecurityGroup", "id"));
      }
      break;
    case "microsoft.network/loadbalancers":
    case "microsoft.network/applicationgateways":
      for (const front of each("frontendIPConfigurations")) {
        uses("public_ip", read(front, "properties", "publicIPAddress", "id"));
        uses("virtual_network", read(front, "properties", "subnet", "id"));
      }
      for (const pool of each("backendAddressPools")) {
        for (const backend of list(
          read(pool, "properties", "backendIPConfigurations") ?? read(pool, "backendIPConfigurations"),
        )) {
          uses("backend", read(backend, "id"));
        }
      }
      for (const gateway of each("gatewayIPConfigurations")) {
        uses("virtual_network", read(gateway, "properties", "subnet", "id"));
      }
      break;
    case "microsoft.network/natgateways":
      for (const address of each("publicIpAddresses")) uses("public_ip", read(address, "id"));
      for (const subnet of each("subnets")) uses("virtual_network", read(subnet, "id"));
      break;
    case "microsoft.network/virtualnetworkgateways":
    case "microsoft.network/azurefirewalls":
    case "microsoft.network/bastionhosts":
      for (const address of each("ipConfigurations")) {
        uses("public_ip", read(address, "properties", "publicIPAddress", "id"));
        uses("virtual_network", read(address, "properties", "subnet", "id"));
      }
      break;
    case "microsoft.web/sites":
    case "microsoft.web/sites/slots":
      uses("app_service_plan", properties.serverFarmId);
      uses("virtual_network", properties.virtualNetworkSubnetId);
      break;
    case "microsoft.sql/servers/databases":
      uses("sql_server", id);
      add(id, "elastic_pool", lowerId(properties.elasticPoolId));
      break;
    case "microsoft.sql/servers/jobagents":
      add(id, "job_database", lowerId(properties.databaseId));
      break;
    case "microsoft.sql/servers/elasticpools":
      uses("sql_server", id);
      break;
    case "microsoft.containerservice/managedclusters":
      for (const pool of each("agentPoolProfiles")) {
        const name = read(pool, "name");
        if (typeof name === "string") add(id, "node_pool", `${id}/agentpools/${name.toLowerCase()}`);
        uses("virtual_network", read(pool, "vnetSubnetID"));
      }
      break;
  }
  return [...found.values()];
}

function read(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const step of path) {
    current =
      typeof current === "object" && current !== null
        ? (current as Record<string, unknown>)[step]
        : undefined;
  }
  return current;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function lowerId(value: unknown): string {
  return typeof value === "string" && value.startsWith("/") ? value.toLowerCase() : "";
}

/** The resource of the inventory that an id is a part of: of a subnet its network, of an address's configuration its card. */
function topLevelId(value: unknown): string {
  const match = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+/.exec(
    lowerId(value),
  );
  return match?.[0] ?? "";
}
