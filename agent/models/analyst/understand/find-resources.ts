import type { ResourceQuery } from "../question.ts";

const types: readonly { words: RegExp; type?: string; noun: string }[] = [
  {
    words: /\b(?:(?:managed |unattached )?disks?|ssds?|hdds?)\b/i,
    type: "microsoft.compute/disks",
    noun: "disks",
  },
  { words: /\bsnapshots?\b/i, type: "microsoft.compute/snapshots", noun: "snapshots" },
  {
    words: /\b(?:public ips?|public ip address(?:es)?|ip address(?:es)?|ips?)\b/i,
    type: "microsoft.network/publicipaddresses",
    noun: "public IP addresses",
  },
  { words: /\b(?:load balancers?|lbs?)\b/i, type: "microsoft.network/loadbalancers", noun: "load balancers" },
  {
    words: /\b(?:nics?|network (?:interfaces?|cards?|adapters?))\b/i,
    type: "microsoft.network/networkinterfaces",
    noun: "network interfaces",
  },
  {
    words: /\b(?:nsgs?|(?:network )?security groups?)\b/i,
    type: "microsoft.network/networksecuritygroups",
    noun: "network security groups",
  },
  { words: /\bnat gateways?\b/i, type: "microsoft.network/natgateways", noun: "NAT gateways" },
  {
    words: /\b(?:vpn|virtual network|vnet) gateways?\b/i,
    type: "microsoft.network/virtualnetworkgateways",
    noun: "virtual network gateways",
  },
  {
    words: /\b(?:vnets?|virtual networks?)\b/i,
    type: "microsoft.network/virtualnetworks",
    noun: "virtual networks",
  },
  {
    words: /\b(?:log analytics|workspaces?)\b/i,
    type: "microsoft.operationalinsights/workspaces",
    noun: "Log Analytics workspaces",
  },
  {
    words: /\b(?:open ?ai|cognitive services?|ai services?)\b/i,
    type: "microsoft.cognitiveservices/accounts",
    noun: "AI service accounts",
  },
  {
    words: /\b(?:elastic|sql|database) pools?\b/i,
    type: "microsoft.sql/servers/elasticpools",
    noun: "elastic pools",
  },
  {
    words: /\bnode ?pools?\b/i,
    type: "microsoft.containerservice/managedclusters/agentpools",
    noun: "node pools",
  },
  { words: /\bsql servers?\b/i, type: "microsoft.sql/servers", noun: "SQL servers" },
  { words: /\bstorage accounts?\b/i, type: "microsoft.storage/storageaccounts", noun: "storage accounts" },
  {
    words: /\b(?:sql (?:databases?|dbs?)|databases?|dbs?)\b/i,
    type: "microsoft.sql/servers/databases",
    noun: "SQL databases",
  },
  {
    words: /\bcosmos\w*(?: db)?(?: accounts?)?\b/i,
    type: "microsoft.documentdb/databaseaccounts",
    noun: "Cosmos DB accounts",
  },
  {
    words: /\b(?:aks|k8s|kubernetes)(?: clusters?)?\b|\bclusters?\b/i,
    type: "microsoft.containerservice/managedclusters",
    noun: "Kubernetes clusters",
  },
  {
    words: /\b(?:container (?:instances?|groups?)|aci)\b/i,
    type: "microsoft.containerinstance/containergroups",
    noun: "container groups",
  },
  { words: /\b(?:app service plans?)\b/i, type: "microsoft.web/serverfarms", noun: "App Service plans" },
  {
    words: /\b(?:app services?|web ?apps?|function apps?|functions?)\b/i,
    type: "microsoft.web/sites",
    noun: "apps",
  },
  { words: /\bkey ?vaults?\b/i, type: "microsoft.keyvault/vaults", noun: "key vaults" },
  { words: /\b(?:redis|caches?)\b/i, type: "microsoft.cache/redis", noun: "Redis caches" },
  {
    words: /\b(?:scale ?sets?|vmss)\b/i,
    type: "microsoft.compute/virtualmachinescalesets",
    noun: "scale sets",
  },
  {
    words: /\b(?:vms?|virtual machines?|virtual servers?|servers?|machines?)\b/i,
    type: "microsoft.compute/virtualmachines",
    noun: "virtual machines",
  },
  { words: /\bresources?\b/i, noun: "resources" },
];
const states: readonly [RegExp, string][] = [
  [
    /\bstopped\b.{0,12}\bdeallocated\b|\bdeallocated\b.{0,12}\bstopped\b|\b(?:switched|turned|powered) off\b|\bshut ?down\b|\bnot running\b|\b(?:are|is|were|being) (?:off|down)\b|\boffline\b/i,
    "stopped, deallocated",
  ],
  [/\bdeallocated\b/i, "deallocated"],
  [/\bstopped\b/i, "stopped"],
  [/\b(?:running|started|powered on|turned on)\b/i, "running"],
  [/\b(?:unattached|not attached|detached)\b/i, "unattached"],
];

/** Where words stand in a text. */
export interface Span {
  start: number;
  end: number;
}

/** Which kind of resources, in which state, a search is for. */
export function findResources(text: string): ResourceQuery {
  const { type, noun } = findKind(text) ?? types.at(-1)!;
  const status = states.find(([pattern]) => pattern.test(text))?.[1];
  return {
    ...(type ? { type } : {}),
    noun,
    ...(status ? { status } : {}),
    wantsCount: /\b(?:how many|counts?|number of|total number)\b/i.test(text),
  };
}

/** Where the kind of resource is named that the search is for. */
export function kindSpan(text: string): Span | undefined {
  return findKind(text);
}

export function stateSpan(text: string): Span | undefined {
  const match = states.map(([pattern]) => pattern.exec(text)).find(Boolean);
  return match ? { start: match.index, end: match.index + match[0].length } : undefined;
}

interface Kind extends Span {
  type?: string;
  noun: string;
}

/** The first kind named: what comes later ("VMs with disks") only says more about it. Of "VM disks" it is the last. */
export function findKind(text: string): Kind | undefined {
  const inOrder = findKinds(text);
  const [first] = inOrder;
  const generic = types.at(-1)!;
  const said = generic.words.exec(text);
  if (!first)
    return said ? { noun: generic.noun, start: said.index, end: said.index + said[0].length } : undefined;
  return inOrder.reduce((head, kind) => (/^\s$/.test(text.slice(head.end, kind.start)) ? kind : head), first);
}

/** Every kind named, in order. */
export function findKinds(text: string): Kind[] {
  const found = types.flatMap(({ words, type, noun }) =>
    [...text.matchAll(new RegExp(words.source, "gi"))].map((match) => ({
      type,
      noun,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  // The fuller name first: "app service plans" before "app services", "SQL databases" before "databases".
  return found
    .filter(
      ({ type, start, end }) =>
        type && !/\w[-_]$/.test(text.slice(0, start)) && !/^[-_]\w/.test(text.slice(end)),
    )
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((kind, index, all) => !all.slice(0, index).some(({ end }) => kind.start < end));
}
