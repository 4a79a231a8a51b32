import { randomInteger } from "../tenant/random.ts";
import { addPublicIp } from "./add-network.ts";
import { dailyOfMonthly } from "./catalog.ts";
import { numbered, place, type Workload } from "./workload.ts";

/** Public addresses that nobody uses, and addresses in use where a careless look finds nothing. */
export const unusedAddresses: Workload = (builder, round) => {
  const network = place(builder, round, {
    subscription: "shared",
    group: "rg-shared-network",
    application: "network",
    team: "platform",
    environment: "Shared",
    costCenter: "CC-9000",
  });
  const dev = place(builder, round, {
    subscription: "development",
    group: "rg-dev",
    application: "webshop",
    team: "web",
    environment: "Development",
    costCenter: "CC-3010",
  });
  for (const [where, name] of [
    [network, "pip-old-gateway"],
    [network, "pip-migration"],
    [dev, "pip-dev-jumpbox"],
    [dev, "pip-dev-demo"],
  ] as const) {
    const ip = addPublicIp(builder, where, numbered(name, round, 1));
    builder.plant({
      kind: "waste",
      type: "unused_public_ip",
      resourceId: ip.id,
      since: builder.calendar.beforeQuarter(randomInteger(14, 240, builder.seed, name, round.index)),
      why: "Reserved, but no configuration refers to it.",
    });
  }

  const orphanNicId = builder.id(dev, "Microsoft.Network/networkInterfaces", `nic-orphan${round.suffix}`);
  const onOrphan = addPublicIp(builder, dev, numbered("pip-on-orphan-nic", round, 1), {
    ipConfiguration: { id: `${orphanNicId}/ipConfigurations/ipconfig1` },
  });
  const card = builder.add(dev, {
    type: "Microsoft.Network/networkInterfaces",
    name: `nic-orphan${round.suffix}`,
    properties: {
      ipConfigurations: [{ name: "ipconfig1", properties: { publicIPAddress: { id: onOrphan.id } } }],
    },
  });
  builder.plant({
    kind: "waste",
    type: "unused_public_ip",
    resourceId: onOrphan.id,
    since: builder.calendar.beforeQuarter(55),
    why: "It is on a network card that belongs to no VM.",
  });

  builder.plant({
    kind: "waste",
    type: "orphaned_nic",
    resourceId: card.id,
    since: builder.calendar.beforeQuarter(55),
    why: "It belongs to no VM.",
  });

  const gatewayId = builder.id(network, "Microsoft.Network/natGateways", `nat-hub${round.suffix}`);
  const onGateway = addPublicIp(builder, network, numbered("pip-nat", round, 1), {
    natGateway: { id: gatewayId },
  });
  const gateway = builder.add(network, {
    type: "Microsoft.Network/natGateways",
    name: `nat-hub${round.suffix}`,
    sku: { name: "Standard" },
    properties: { publicIpAddresses: [{ id: onGateway.id }], idleTimeoutInMinutes: 4 },
  });
  builder.charge(gateway, {
    service: "NAT Gateway",
    meter: "Standard Gateway",
    amount: { kind: "fixed", daily: dailyOfMonthly(32.85) },
  });
  const prefix = builder.add(network, {
    type: "Microsoft.Network/publicIPPrefixes",
    name: `ippre-partners${round.suffix}`,
    sku: { name: "Standard" },
    properties: { prefixLength: 30, ipPrefix: "203.0.113.252/30" },
  });
  const fromPrefix = addPublicIp(builder, network, numbered("pip-partner", round, 1), {
    publicIPPrefix: { id: prefix.id },
  });
  for (const [ip, why] of [
    [onGateway, "A NAT gateway uses it; such an address has no ipConfiguration."],
    [fromPrefix, "Part of a prefix that partners have in their firewalls."],
  ] as const) {
    builder.plant({ kind: "trap", type: "unused_public_ip", resourceId: ip.id, why });
  }
};
