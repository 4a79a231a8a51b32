import fc from "fast-check";
import { type Planted, planted, some, subscriptionId, tags, zones } from "./random-parts.ts";

const subnet = `/subscriptions/${subscriptionId}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/default`;
const securityGroup = `/subscriptions/${subscriptionId}/resourceGroups/rg-net/providers/Microsoft.Network/networkSecurityGroups/nsg`;
/** One in five. */
const seldom = fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0);

/** Network cards that belong to nothing, or to a private endpoint; some with a public address. */
export const card = fc
  .record({
    isOwned: seldom,
    hasAddress: fc.boolean(),
    method: fc.constantFrom("Dynamic", "Static"),
    tags,
    more: some({
      networkSecurityGroup: fc.constant({ id: securityGroup }),
      dnsSettings: fc.constantFrom({ dnsServers: [] }, { dnsServers: ["10.0.0.4", "10.0.0.5"] }),
      enableAcceleratedNetworking: fc.boolean(),
      enableIPForwarding: fc.boolean(),
      disableTcpStateTracking: fc.boolean(),
      nicType: fc.constant("Standard"),
      auxiliaryMode: fc.constantFrom("None", "AcceleratedConnections"),
      macAddress: fc.constant("00-0D-3A-1B-C7-21"),
    }),
  })
  .map(({ isOwned, hasAddress, method, tags, more }) => (index: number): Planted[] => {
    const name = `NIC-${index}_Old.Card`;
    const free = planted(index, "Microsoft.Network/networkInterfaces", name, { tags });
    const address = planted(index, "Microsoft.Network/publicIPAddresses", `pip-${name}`, {
      sku: { name: "Standard", tier: "Regional" },
      properties: {
        publicIPAllocationMethod: "Static",
        ipAddress: `203.0.113.${index}`,
        ipConfiguration: { id: `${free.id}/ipConfigurations/ipconfig1` },
      },
    });
    const endpoint = `/subscriptions/${subscriptionId}/resourceGroups/rg-net/providers/Microsoft.Network/privateEndpoints/pe`;
    free.properties = {
      ...free.properties,
      ...more,
      ipConfigurations: [
        {
          name: "ipconfig1",
          properties: {
            primary: true,
            privateIPAllocationMethod: method,
            ...(method === "Static" ? { privateIPAddress: `10.0.1.${index}` } : {}),
            subnet: { id: subnet },
            ...(hasAddress ? { publicIPAddress: { id: address.id } } : {}),
          },
        },
      ],
      ...(isOwned ? { privateEndpoint: { id: endpoint } } : {}),
    };
    return hasAddress ? [free, address] : [free];
  });

/** Load balancers with nothing behind them, or with a member. */
export const balancer = fc
  .record({
    hasMember: seldom,
    sku: fc.constantFrom({ name: "Standard", tier: "Regional" }, { name: "Gateway", tier: "Regional" }),
    tags,
    more: some({
      probes: fc.constantFrom(
        [],
        [{ name: "alive", properties: { protocol: "Http", port: 80, requestPath: "/größe?a=1" } }],
      ),
      loadBalancingRules: fc.constant([
        { name: "web", properties: { protocol: "Tcp", frontendPort: 80, backendPort: 8080 } },
      ]),
      inboundNatRules: fc.constant([
        { name: "ssh", properties: { protocol: "Tcp", frontendPort: 50_001, backendPort: 22 } },
      ]),
      inboundNatPools: fc.constant([]),
      outboundRules: fc.constant([
        { name: "out", properties: { protocol: "All", allocatedOutboundPorts: 0 } },
      ]),
    }),
  })
  .map(({ hasMember, sku, tags, more }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Network/loadBalancers", `LB-${index}`, {
      sku,
      tags,
      properties: {
        frontendIPConfigurations: [
          {
            name: "front",
            properties: { privateIPAllocationMethod: "Dynamic", subnet: { id: subnet } },
            zones: ["1", "2", "3"],
          },
        ],
        backendAddressPools: [
          {
            name: "back",
            properties: hasMember ? { backendIPConfigurations: [{ id: `${subnet}/nic-1` }] } : {},
          },
        ],
        ...more,
      },
    }),
  ]);

/** App Service plans without apps, or with some. */
export const plan = fc
  .record({
    hasApps: seldom,
    kind: fc.constantFrom("linux", "app", "elastic", "xenon"),
    sku: fc.constantFrom(
      { name: "P1v3", tier: "PremiumV3", size: "P1v3", family: "Pv3", capacity: 2 },
      { name: "B1", tier: "Basic", capacity: 1 },
      { name: "EP1", tier: "ElasticPremium", capacity: 1 },
    ),
    zones,
    tags,
    more: some({
      reserved: fc.boolean(),
      isXenon: fc.boolean(),
      hyperV: fc.boolean(),
      perSiteScaling: fc.boolean(),
      zoneRedundant: fc.boolean(),
      elasticScaleEnabled: fc.boolean(),
      maximumElasticWorkerCount: fc.integer({ min: 1, max: 20 }),
      targetWorkerCount: fc.constant(0),
      targetWorkerSizeId: fc.constant(0),
    }),
  })
  .map(({ hasApps, kind, sku, zones, tags, more }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Web/serverfarms", `Plan-${index}`, {
      kind,
      sku,
      ...(zones ? { zones } : {}),
      tags,
      properties: { ...more, numberOfSites: hasApps ? 3 : 0, status: "Ready" },
    }),
  ]);

/** Storage accounts of each tier, and ones that have none. */
export const account = fc
  .record({
    tier: fc.constantFrom("Hot", "Hot", "Cold", "Cool", undefined),
    sku: fc.constantFrom(
      { name: "Standard_LRS", tier: "Standard" },
      { name: "Standard_RAGZRS", tier: "Standard" },
    ),
    kind: fc.constantFrom("StorageV2", "BlobStorage"),
    tags,
    more: some({
      minimumTlsVersion: fc.constantFrom("TLS1_0", "TLS1_2"),
      allowBlobPublicAccess: fc.boolean(),
      isHnsEnabled: fc.boolean(),
      networkAcls: fc.constant({ defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] }),
    }),
  })
  .map(({ tier, sku, kind, tags, more }) => (index: number): Planted[] => [
    planted(index, "Microsoft.Storage/storageAccounts", `stdata${index}`, {
      kind,
      sku,
      tags,
      properties: {
        ...(tier ? { accessTier: tier } : {}),
        creationTime: "2026-03-11T09:24:17Z",
        ...more,
      },
    }),
  ]);
