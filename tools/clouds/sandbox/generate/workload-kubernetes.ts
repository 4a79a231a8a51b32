import { stableUuid } from "../tenant/random.ts";
import { addDisk } from "./add-disk.ts";
import { addLoadBalancer, addVirtualNetwork } from "./add-network.ts";
import { addMetered, demand } from "./add-platform.ts";
import type { Builder } from "./builder.ts";
import { dailyOfMonthly, vmSizes } from "./catalog.ts";
import { place, type Round, type Workload } from "./workload.ts";

export const kubernetesProduction: Workload = (builder, round) =>
  addCluster(builder, round, { environment: "Production", nodes: 16, volumes: 6 });

export const kubernetesDevelopment: Workload = (builder, round) =>
  addCluster(builder, round, { environment: "Development", nodes: 4, volumes: 2 });

function addCluster(
  builder: Builder,
  round: Round,
  spec: { environment: "Production" | "Development"; nodes: number; volumes: number },
): void {
  const short = spec.environment === "Production" ? "prod" : "dev";
  const where = place(builder, round, {
    subscription: spec.environment === "Production" ? "production" : "development",
    group: `rg-aks-${short}`,
    application: "platform-services",
    team: "platform",
    environment: spec.environment,
    costCenter: "CC-1040",
  });
  const name = `aks-platform-${short}${round.suffix}`;
  const nodeGroup = { ...where, group: `MC_${where.group}_${name}_${where.region}` };
  const network = `aks-${short}${round.suffix}`;
  addMetered(
    builder,
    where,
    {
      type: "Microsoft.ContainerService/managedClusters",
      name,
      kind: "Base",
      sku: "Base",
      properties: {
        kubernetesVersion: "1.34",
        nodeResourceGroup: nodeGroup.group,
        powerState: { code: "Running" },
        agentPoolProfiles: [
          {
            name: "workers",
            count: spec.nodes,
            vmSize: "Standard_D8s_v5",
            mode: "System",
            enableAutoScaling: true,
            vnetSubnetID: `${builder.id(where, "Microsoft.Network/virtualNetworks", `vnet-${network}`)}/subnets/default`,
          },
        ],
      },
    },
    {
      service: "Azure Kubernetes Service",
      meter: "Standard Uptime SLA",
      monthly: 73,
      rhythm: "flat",
      noisePercent: 0,
      monthlyGrowthPercent: 0,
    },
  );
  const nodes = builder.add(nodeGroup, {
    type: "Microsoft.Compute/virtualMachineScaleSets",
    name: `aks-workers-${stableUuid(name).slice(0, 8)}-vmss`,
    sku: { name: "Standard_D8s_v5", tier: "Standard", capacity: spec.nodes },
    fixedTags: { "aks-managed-poolName": "workers" },
    properties: { orchestrationMode: "Uniform" },
  });
  // The autoscaler follows the load.
  builder.charge(nodes, {
    service: "Virtual Machines",
    meterSubCategory: "Dsv5 Series",
    meter: "D8s v5",
    amount: demand(builder, {
      monthly: spec.nodes * vmSizes.Standard_D8s_v5.hourly * 730,
      rhythm: spec.environment === "Production" ? "shop" : "office",
      noisePercent: 3,
    }),
  });
  addVirtualNetwork(builder, where, network);
  addLoadBalancer(builder, nodeGroup, `kubernetes-${short}${round.suffix}`, [nodes.id]);
  for (let index = 0; index < spec.volumes; index++) {
    const volume = stableUuid(builder.seed, name, "volume", index);
    addDisk(builder, nodeGroup, {
      name: `pvc-${volume}`,
      tier: "P10",
      managedBy: nodes.id,
      fixedTags: { "kubernetes.io-created-for-pvc-name": `data-store-${index}` },
    });
  }
  const unmounted = addDisk(builder, nodeGroup, {
    name: `pvc-${stableUuid(builder.seed, name, "unmounted")}`,
    tier: "P10",
    ownershipChanged: builder.calendar.beforeQuarter(21),
    fixedTags: {
      "kubernetes.io-created-for-pvc-name": "reports-cache-0",
      "kubernetes.io-created-for-pvc-namespace": "reports",
    },
  });
  builder.plant({
    kind: "trap",
    type: "unattached_disk",
    resourceId: unmounted.id,
    why: "A persistent volume of the cluster, unmounted while its stateful set is scaled to zero.",
  });
  builder.charge(nodes, {
    service: "Bandwidth",
    meter: "Standard Data Transfer Out",
    amount: { kind: "fixed", daily: dailyOfMonthly(spec.nodes * 9) },
  });
}
