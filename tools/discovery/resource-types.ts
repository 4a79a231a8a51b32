import { diskBlobType } from "../clouds/disk-blob-id.ts";

interface ResourceType {
  /** Singular and plural, as people say it. */
  label: string;
  plural: string;
  /** Other words for it, lower case, singular. */
  words: readonly string[];
}

/** Azure resource types that have a name among people; others are shown by their type. */
const types: Record<string, ResourceType> = {
  "microsoft.compute/virtualmachines": {
    label: "Virtual machine",
    plural: "Virtual machines",
    words: ["vm", "server", "machine", "instance", "compute", "ec2"],
  },
  "microsoft.compute/virtualmachinescalesets": {
    label: "Scale set",
    plural: "Scale sets",
    words: ["vmss", "virtual machine scale set"],
  },
  "microsoft.compute/disks": { label: "Disk", plural: "Disks", words: ["managed disk", "volume"] },
  [diskBlobType]: {
    label: "Unmanaged disk",
    plural: "Unmanaged disks",
    words: ["vhd", "page blob", "non-managed disk", "virtual hard disk"],
  },
  "microsoft.compute/snapshots": { label: "Snapshot", plural: "Snapshots", words: [] },
  "microsoft.storage/storageaccounts": {
    label: "Storage account",
    plural: "Storage accounts",
    words: ["storage", "blob", "blob storage", "bucket"],
  },
  "microsoft.sql/servers": { label: "SQL server", plural: "SQL servers", words: [] },
  "microsoft.sql/servers/databases": {
    label: "SQL database",
    plural: "SQL databases",
    words: ["database", "db", "sql", "sql db"],
  },
  "microsoft.sql/servers/elasticpools": {
    label: "Elastic pool",
    plural: "Elastic pools",
    words: ["pool", "sql pool", "database pool"],
  },
  "microsoft.sql/servers/jobagents": {
    label: "Elastic job agent",
    plural: "Elastic job agents",
    words: ["job agent"],
  },
  "microsoft.network/privateendpoints": {
    label: "Private endpoint",
    plural: "Private endpoints",
    words: ["endpoint"],
  },
  "microsoft.capacity/reservations": {
    label: "Reservation",
    plural: "Reservations",
    words: ["reserved instance"],
  },
  "microsoft.web/sites": {
    label: "App Service",
    plural: "App Services",
    words: ["app", "web app", "website", "site", "function app"],
  },
  "microsoft.web/serverfarms": {
    label: "App Service plan",
    plural: "App Service plans",
    words: ["plan", "server farm"],
  },
  "microsoft.network/loadbalancers": { label: "Load balancer", plural: "Load balancers", words: ["lb"] },
  "microsoft.network/publicipaddresses": {
    label: "Public IP address",
    plural: "Public IP addresses",
    words: ["ip", "public ip", "pip", "ip address", "address"],
  },
  "microsoft.network/publicipprefixes": {
    label: "Public IP prefix",
    plural: "Public IP prefixes",
    words: ["ip prefix"],
  },
  "microsoft.network/networkinterfaces": {
    label: "Network interface",
    plural: "Network interfaces",
    words: ["nic", "network card"],
  },
  "microsoft.network/virtualnetworks": {
    label: "Virtual network",
    plural: "Virtual networks",
    words: ["vnet", "network"],
  },
  "microsoft.network/networksecuritygroups": {
    label: "Network security group",
    plural: "Network security groups",
    words: ["nsg", "security group", "firewall rule"],
  },
  "microsoft.network/natgateways": { label: "NAT gateway", plural: "NAT gateways", words: ["nat"] },
  "microsoft.network/virtualnetworkgateways": {
    label: "VPN gateway",
    plural: "VPN gateways",
    words: ["vpn", "virtual network gateway"],
  },
  "microsoft.network/applicationgateways": {
    label: "Application gateway",
    plural: "Application gateways",
    words: ["app gateway", "waf"],
  },
  "microsoft.keyvault/vaults": { label: "Key vault", plural: "Key vaults", words: ["vault", "secret"] },
  "microsoft.containerinstance/containergroups": {
    label: "Container instance",
    plural: "Container instances",
    words: ["container", "container group", "aci"],
  },
  "microsoft.containerservice/managedclusters": {
    label: "Kubernetes cluster",
    plural: "Kubernetes clusters",
    words: ["aks", "k8s", "kubernetes", "kubernetes service", "cluster"],
  },
  "microsoft.operationalinsights/workspaces": {
    label: "Log Analytics workspace",
    plural: "Log Analytics workspaces",
    words: ["workspace", "log analytics", "log"],
  },
  "microsoft.cognitiveservices/accounts": {
    label: "AI service",
    plural: "AI services",
    words: ["cognitive service", "openai", "azure openai"],
  },
  "microsoft.recoveryservices/vaults": {
    label: "Recovery Services vault",
    plural: "Recovery Services vaults",
    words: ["backup vault", "recovery vault"],
  },
};

/** What people call a resource type; an unknown one is its own last part. */
export function resourceTypeLabel(type: string | null): string {
  return types[(type ?? "").toLowerCase()]?.label ?? (type?.split("/").at(-1) || "Resource");
}

/**
 * The types that a person's word means ("VMs", "public ips", "microsoft.compute/disks"), lower case;
 * empty when no known type has that name.
 */
export function findResourceTypes(word: string): string[] {
  const asked = normalize(word);
  if (asked in types) return [asked];
  return Object.entries(types)
    .filter(([, { label, plural, words }]) =>
      [label, plural, ...words].some((name) => normalize(name) === asked),
    )
    .map(([type]) => type);
}

/** Lower case, single spaces, singular enough: "Public IPs" and "public ip" are one. */
function normalize(word: string): string {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, " ");
  if (plain.includes("/")) return plain;
  return plain
    .replace(/(address|switch)es$/, "$1")
    .replace(/ies$/, "y")
    .replace(/([^s])s$/, "$1");
}
