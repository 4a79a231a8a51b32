import { expect, it } from "vitest";
import type { CloudResource } from "../clouds/cloud.ts";
import { deriveRelationships } from "./derive-relationships.ts";

const group = "/subscriptions/sub-1/resourceGroups/rg/providers/";
const low = (path: string) => `${group}${path}`.toLowerCase();

function derive(path: string, properties: Record<string, unknown>): string[] {
  const id = low(path);
  const [namespace, ...parts] = path.split("/");
  const type = [namespace, ...parts.filter((_, index) => index % 2 === 0)].join("/").toLowerCase();
  const resource: CloudResource = {
    provider: "azure",
    id,
    type,
    name: id.split("/").at(-1)!,
    subscriptionId: "sub-1",
    resourceGroup: "rg",
    region: null,
    tags: {},
    properties,
    status: null,
  };
  const short = (found: string) => found.replace(low(""), "");
  return deriveRelationships(resource).map(
    ({ fromId, kind, toId }) => `${short(fromId)} ${kind} ${short(toId)}`,
  );
}

it.each<[string, string, Record<string, unknown>, string[]]>([
  [
    "a machine, its managed and unmanaged disks and its cards",
    "Microsoft.Compute/virtualMachines/vm",
    {
      storageProfile: {
        osDisk: { managedDisk: { id: `${group}Microsoft.Compute/disks/OS` } },
        dataDisks: [
          { lun: 0, vhd: { uri: "https://stcontoso.blob.core.windows.net/vhds/data.vhd?sig=secret" } },
        ],
      },
      networkProfile: { networkInterfaces: [{ id: `${group}Microsoft.Network/networkInterfaces/nic` }] },
    },
    [
      "microsoft.compute/virtualmachines/vm disk microsoft.compute/disks/os",
      "microsoft.compute/virtualmachines/vm unmanaged_disk https://stcontoso.blob.core.windows.net/vhds/data.vhd",
      "microsoft.compute/virtualmachines/vm network_interface microsoft.network/networkinterfaces/nic",
    ],
  ],
  [
    "what names a blob, in the blob's own spelling",
    "Microsoft.Compute/virtualMachines/vm",
    {
      storageProfile: {
        osDisk: {
          vhd: { uri: "https://STcontoso.blob.core.windows.net/vhds/Web OS.vhd" },
          image: { uri: "https://stcontoso.blob.core.windows.net/system/Base%2Dimage.vhd" },
        },
      },
    },
    [
      "microsoft.compute/virtualmachines/vm unmanaged_disk https://stcontoso.blob.core.windows.net/vhds/Web%20OS.vhd",
      "microsoft.compute/virtualmachines/vm unmanaged_disk https://stcontoso.blob.core.windows.net/system/Base-image.vhd",
    ],
  ],
  [
    "an image of blobs",
    "Microsoft.Compute/images/i",
    {
      storageProfile: {
        osDisk: { blobUri: "https://stcontoso.blob.core.windows.net/vhds/i.vhd" },
        dataDisks: [],
      },
    },
    ["microsoft.compute/images/i unmanaged_disk https://stcontoso.blob.core.windows.net/vhds/i.vhd"],
  ],
  [
    "a shared disk",
    "Microsoft.Compute/disks/d",
    {
      managedBy: `${group}Microsoft.Compute/virtualMachines/a`,
      managedByExtended: [
        `${group}Microsoft.Compute/virtualMachines/a`,
        `${group}Microsoft.Compute/virtualMachines/b`,
      ],
    },
    [
      "microsoft.compute/virtualmachines/a disk microsoft.compute/disks/d",
      "microsoft.compute/virtualmachines/b disk microsoft.compute/disks/d",
    ],
  ],
  [
    "a card, its address, group and network",
    "Microsoft.Network/networkInterfaces/nic",
    {
      virtualMachine: { id: `${group}Microsoft.Compute/virtualMachines/vm` },
      networkSecurityGroup: { id: `${group}Microsoft.Network/networkSecurityGroups/nsg` },
      ipConfigurations: [
        {
          properties: {
            publicIPAddress: { id: `${group}Microsoft.Network/publicIPAddresses/pip` },
            subnet: { id: `${group}Microsoft.Network/virtualNetworks/vnet/subnets/default` },
          },
        },
      ],
    },
    [
      "microsoft.compute/virtualmachines/vm network_interface microsoft.network/networkinterfaces/nic",
      "microsoft.network/networkinterfaces/nic network_security_group microsoft.network/networksecuritygroups/nsg",
      "microsoft.network/networkinterfaces/nic public_ip microsoft.network/publicipaddresses/pip",
      "microsoft.network/networkinterfaces/nic virtual_network microsoft.network/virtualnetworks/vnet",
    ],
  ],
  [
    "an address by what it is configured on",
    "Microsoft.Network/publicIPAddresses/pip",
    { ipConfiguration: { id: `${group}Microsoft.Network/loadBalancers/lb/frontendIPConfigurations/f` } },
    ["microsoft.network/loadbalancers/lb public_ip microsoft.network/publicipaddresses/pip"],
  ],
  [
    "a load balancer, its address and backend",
    "Microsoft.Network/loadBalancers/lb",
    {
      frontendIPConfigurations: [
        { properties: { publicIPAddress: { id: `${group}Microsoft.Network/publicIPAddresses/pip` } } },
      ],
      backendAddressPools: [
        {
          properties: {
            backendIPConfigurations: [
              { id: `${group}Microsoft.Network/networkInterfaces/nic/ipConfigurations/c` },
            ],
          },
        },
      ],
    },
    [
      "microsoft.network/loadbalancers/lb public_ip microsoft.network/publicipaddresses/pip",
      "microsoft.network/loadbalancers/lb backend microsoft.network/networkinterfaces/nic",
    ],
  ],
  [
    "an app and its plan",
    "Microsoft.Web/sites/app",
    { serverFarmId: `${group}Microsoft.Web/serverfarms/Plan` },
    ["microsoft.web/sites/app app_service_plan microsoft.web/serverfarms/plan"],
  ],
  [
    "a deployment slot and its plan",
    "Microsoft.Web/sites/app/slots/next",
    { serverFarmId: `${group}Microsoft.Web/serverfarms/Plan` },
    ["microsoft.web/sites/app/slots/next app_service_plan microsoft.web/serverfarms/plan"],
  ],
  [
    "an image and the snapshot that it is made of",
    "Microsoft.Compute/images/golden",
    { storageProfile: { osDisk: { snapshot: { id: `${group}Microsoft.Compute/snapshots/Snap` } } } },
    ["microsoft.compute/images/golden source_snapshot microsoft.compute/snapshots/snap"],
  ],
  [
    "an image version, of a snapshot or of a machine",
    "Microsoft.Compute/galleries/g/images/i/versions/1.0.0",
    {
      storageProfile: {
        osDiskImage: { source: { id: `${group}Microsoft.Compute/snapshots/Snap` } },
        dataDiskImages: [{ source: { id: `${group}Microsoft.Compute/virtualMachines/vm` } }],
      },
    },
    [
      "microsoft.compute/galleries/g/images/i/versions/1.0.0 source_snapshot microsoft.compute/snapshots/snap",
    ],
  ],
  [
    "the agent of elastic jobs and its database",
    "Microsoft.Sql/servers/s/jobAgents/nightly",
    { databaseId: `${group}Microsoft.Sql/servers/s/databases/Jobs` },
    ["microsoft.sql/servers/s/jobagents/nightly job_database microsoft.sql/servers/s/databases/jobs"],
  ],
  [
    "a database, its server and pool",
    "Microsoft.Sql/servers/s/databases/db",
    { elasticPoolId: `${group}Microsoft.Sql/servers/s/elasticPools/Pool` },
    [
      "microsoft.sql/servers/s/databases/db sql_server microsoft.sql/servers/s",
      "microsoft.sql/servers/s/databases/db elastic_pool microsoft.sql/servers/s/elasticpools/pool",
    ],
  ],
  [
    "a cluster and its node pools",
    "Microsoft.ContainerService/managedClusters/aks",
    { agentPoolProfiles: [{ name: "Workers" }] },
    [
      "microsoft.containerservice/managedclusters/aks node_pool microsoft.containerservice/managedclusters/aks/agentpools/workers",
    ],
  ],
  [
    "a snapshot and its disk",
    "Microsoft.Compute/snapshots/s",
    { creationData: { sourceResourceId: `${group}Microsoft.Compute/disks/d` } },
    ["microsoft.compute/snapshots/s source_disk microsoft.compute/disks/d"],
  ],
])("knows %s", (_, path, properties, expected) => {
  expect(derive(path, properties)).toEqual(expected);
});

it("makes nothing of properties that are absent, empty or of another shape", () => {
  const odd = {
    storageProfile: { osDisk: "x", dataDisks: { 0: 1 } },
    networkProfile: null,
    managedBy: "not an id",
  };
  for (const path of [
    "Microsoft.Compute/virtualMachines/vm",
    "Microsoft.Compute/disks/d",
    "Contoso.Own/things/t",
  ]) {
    expect(derive(path, odd)).toEqual([]);
  }
});
