import { random } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { addPublicIp, addVirtualNetwork } from "./add-network.ts";
import type { Builder, Place, SubscriptionKey } from "./builder.ts";
import { createRound, place } from "./workload.ts";

/** So many machines of which nothing else is planted are reachable from the internet by an address of their own. */
const publicShare = 0.25;
/** Of so many cards a security group is set on the card as well as on its subnet. */
const guardedShare = 0.35;

interface Address {
  subnet?: { id: string };
  publicIPAddress?: { id: string };
}

interface Card {
  card: Resource;
  machineId: string;
  /** Its first configuration. */
  name: string;
  address: Address;
}

/**
 * Puts the machines whose cards come after what there was `before` into a network: their workload's own, else the one
 * that their subscription has in their region. Some get a security group on the card, some a public address. The
 * estate grows to `limit` resources at most.
 */
export function connectMachines(
  builder: Builder,
  before: { resources: number; plants: number },
  limit: number,
): void {
  const { resources, plants } = builder.result();
  const cards = resources.slice(before.resources).flatMap(cardOf);
  // An address makes a machine one that people wait for, which changes what is waste there.
  const planted = new Set(
    plants.slice(before.plants).flatMap((plant) => ("resourceId" in plant ? plant.resourceId : [])),
  );
  const draw = ({ card }: Card, what: string) => random(builder.seed, card.id.toLowerCase(), what);
  for (const one of cards) {
    const subnet = one.address.subnet?.id ?? regionalSubnet(builder, one.card, limit);
    if (!subnet) continue;
    one.address.subnet = { id: subnet };
    if (draw(one, "security group") < guardedShare) {
      one.card.properties.networkSecurityGroup = { id: groupOfSubnet(subnet) };
    }
  }
  for (const one of cards) {
    const { card, address, machineId, name } = one;
    const isPublic = card.properties.primary === true && draw(one, "public address") < publicShare;
    if (
      !isPublic ||
      planted.has(machineId) ||
      !address.subnet ||
      address.publicIPAddress ||
      builder.count() >= limit
    )
      continue;
    const ip = addPublicIp(builder, placeOf(builder, card), `pip-${card.name.replace(/^nic-/, "")}`, {
      ipConfiguration: { id: `${card.id}/ipConfigurations/${name}` },
    });
    address.publicIPAddress = { id: ip.id };
    builder.plant({ kind: "assessment", check: "SEC-VM-05", resourceId: machineId });
  }
}

function cardOf(card: Resource): Card[] {
  const machineId = (card.properties.virtualMachine as { id: string } | undefined)?.id;
  if (card.type !== "Microsoft.Network/networkInterfaces" || !machineId) return [];
  const [{ name, properties }] = card.properties.ipConfigurations as [{ name: string; properties: Address }];
  return [{ card, machineId, name, address: properties }];
}

/**
 * The subnet of a subscription's network in a region, which is made when the first machine needs it; a workload's
 * network where there is no room, and undefined where there is none either.
 */
function regionalSubnet(builder: Builder, card: Resource, limit: number): string | undefined {
  const subscription = subscriptionOf(builder, card);
  const where = place(builder, createRound(0), {
    subscription,
    group: "rg-network",
    application: "network",
    team: "platform",
    environment: "Shared",
    costCenter: "CC-9000",
    region: card.location,
  });
  const name = `${subscription}-${card.location}`;
  const network = builder.id(where, "Microsoft.Network/virtualNetworks", `vnet-${name}`);
  if (builder.has(network)) return `${network}/subnets/default`;
  if (builder.count() + 2 <= limit) return addVirtualNetwork(builder, where, name);
  const other = builder
    .result()
    .resources.find(
      ({ id, type, location }) =>
        type === "Microsoft.Network/virtualNetworks" &&
        location === card.location &&
        id.split("/")[2] === card.id.split("/")[2],
    );
  return other && `${other.id}/subnets/default`;
}

/** `addVirtualNetwork` names a network's security group after it. */
function groupOfSubnet(subnetId: string): string {
  const network = subnetId.replace(/\/subnets\/.*$/, "");
  return network.replace("/virtualNetworks/vnet-", "/networkSecurityGroups/nsg-");
}

/** An address goes with its machine: same group, region and tags. */
function placeOf(builder: Builder, card: Resource): Place {
  return {
    subscription: subscriptionOf(builder, card),
    group: card.id.split("/")[4]!,
    region: card.location,
    tags: card.tags,
  };
}

function subscriptionOf(builder: Builder, { id }: Resource): SubscriptionKey {
  const keys = ["production", "development", "shared"] as const;
  return keys.find((key) => builder.subscriptionId(key) === id.split("/")[2])!;
}
