import { addVirtualNetwork } from "./add-network.ts";
import {
  addAppService,
  addBandwidth,
  addContainerGroup,
  addKeyVault,
  addMetered,
  addSqlServer,
  addStorageAccount,
} from "./add-platform.ts";
import { addVm } from "./add-vm.ts";
import { plantMonthlyAnomaly } from "./plant-anomalies.ts";
import { officeRhythm, plantSchedule } from "./plant-schedules.ts";
import { numbered, place, type Workload } from "./workload.ts";

export const development: Workload = (builder, round) => {
  const dev = place(builder, round, {
    subscription: "development",
    group: "rg-dev",
    application: "webshop",
    team: "web",
    environment: "Development",
    costCenter: "CC-3010",
  });
  const subnetId = addVirtualNetwork(builder, dev, `dev${round.suffix}`);
  for (let index = 1; index <= 6; index++) {
    const vm = addVm(builder, dev, {
      name: numbered("vm-dev", round, index),
      size: index % 2 === 0 ? "Standard_D4s_v5" : "Standard_D2s_v5",
      subnetId,
      // Three are shut down outside office hours, three forgotten: a weekly rhythm to find.
      power: index <= 3 ? { officeHours: { from: 6, to: 18 } } : {},
      usage: officeRhythm,
      fixedTags: { Environment: "Development" },
    });
    if (index > 3) plantSchedule(builder, vm.id);
  }
  addAppService(builder, dev, { name: `plan-dev${round.suffix}`, sku: "P1v3", instances: 2, monthly: 460 }, [
    `app-webshop-dev${round.suffix}`,
    `app-checkout-dev${round.suffix}`,
  ]);
  addSqlServer(builder, dev, `sql-dev${round.suffix}`, [
    { name: "orders", sku: "GP_Gen5", capacity: 4, monthly: 810 },
    { name: "customers", sku: "GP_Gen5", capacity: 2, monthly: 405 },
  ]);
  addStorageAccount(builder, dev, `stdev${round.suffix}`, { monthly: 190 });
  addKeyVault(builder, dev, `kv-dev${round.suffix}`);
};

export const batchTest: Workload = (builder, round) => {
  const test = place(builder, round, {
    subscription: "development",
    group: "rg-test",
    application: "quality",
    team: "quality",
    environment: "Test",
    costCenter: "CC-3020",
    region: round.index === 0 ? "northeurope" : undefined,
  });
  const subnetId = addVirtualNetwork(builder, test, `test${round.suffix}`);
  // Test season: off from the 4th of September to December, and of March to June.
  const years = [...new Set(builder.calendar.months.map((month) => Number(month.slice(0, 4))))];
  const offPeriods = [years[0]! - 1, ...years].flatMap((year) => [
    { from: `${year}-03-04`, to: `${year}-06-04` },
    { from: `${year}-09-04`, to: `${year}-12-04` },
  ]);
  for (const index of [1, 2]) {
    const vm = addVm(builder, test, {
      name: numbered("vm-loadtest", round, index),
      size: "Standard_F8s_v2",
      subnetId,
      power: { offPeriods },
      usage: { cpuNightPercent: 18, cpuDayPercent: 66 },
    });
    for (const period of offPeriods) {
      builder.plant({ kind: "stop", resourceId: vm.id, ...period, why: "Deallocated between test seasons." });
    }
  }
  addContainerGroup(builder, test, `aci-e2e${round.suffix}`, { monthly: 240 });
  addStorageAccount(builder, test, `sttest${round.suffix}`, { monthly: 95 });
  plantLoadTestRuns(builder, test, round.suffix);
};

/** Each month a load test runs from the 8th to the 19th on containers that are deleted afterwards. */
function plantLoadTestRuns(
  builder: Parameters<Workload>[0],
  test: ReturnType<typeof place>,
  suffix: string,
): void {
  for (const month of builder.calendar.months) {
    const name = `aci-loadtest-${month}${suffix}`;
    const resourceId = builder.id(test, "Microsoft.ContainerInstance/containerGroups", name);
    const period = { from: `${month}-08`, to: `${month}-20` };
    builder.looseCharge({
      id: `${resourceId.toLowerCase()}#run`,
      subscriptionId: builder.subscriptionId(test.subscription),
      resourceId,
      resourceType: "Microsoft.ContainerInstance/containerGroups",
      resourceLocation: test.region,
      service: "Container Instances",
      meter: "Standard vCPU Duration",
      amount: { kind: "fixed", daily: "18.4" },
      ...period,
    });
    builder.plant({
      kind: "ephemeral",
      resourceId,
      ...period,
      why: "Load-test containers, deleted after the run.",
    });
  }
}

export const sharedServices: Workload = (builder, round) => {
  const monitoring = place(builder, round, {
    subscription: "shared",
    group: "rg-monitoring",
    application: "observability",
    team: "platform",
    environment: "Shared",
    costCenter: "CC-9000",
  });
  const logs = addMetered(
    builder,
    monitoring,
    {
      type: "Microsoft.OperationalInsights/workspaces",
      name: `log-platform${round.suffix}`,
      properties: { retentionInDays: 90, sku: { name: "PerGB2018" } },
    },
    {
      service: "Log Analytics",
      meter: "Analytics Logs Data Ingestion",
      monthly: 7400,
      noisePercent: 6,
      monthlyGrowthPercent: 1.1,
    },
  );
  plantMonthlyAnomaly(builder, logs.charge, {
    monthOfQuarter: 1,
    firstDay: [6, 19],
    days: 2,
    factor: 3.2,
    why: "A debug log level floods the workspace for two days.",
  });
  addMetered(
    builder,
    monitoring,
    {
      type: "Microsoft.OperationalInsights/workspaces",
      name: `log-security${round.suffix}`,
      properties: { retentionInDays: 365 },
    },
    { service: "Log Analytics", meter: "Analytics Logs Data Ingestion", monthly: 2300, rhythm: "flat" },
  );
  const network = place(builder, round, {
    subscription: "shared",
    group: "rg-shared-network",
    application: "network",
    team: "platform",
    environment: "Shared",
    costCenter: "CC-9000",
  });
  addVirtualNetwork(builder, network, `hub${round.suffix}`);
  const gateway = addMetered(
    builder,
    network,
    { type: "Microsoft.Network/virtualNetworkGateways", name: `vgw-hub${round.suffix}`, sku: "VpnGw2AZ" },
    {
      service: "VPN Gateway",
      meter: "VpnGw2AZ",
      monthly: 412,
      rhythm: "flat",
      noisePercent: 0,
      monthlyGrowthPercent: 0,
    },
  );
  addBandwidth(builder, gateway.resource, { monthly: 730 });
  addKeyVault(builder, network, `kv-shared${round.suffix}`);
  addStorageAccount(builder, monitoring, `stdiagnostics${round.suffix}`, { monthly: 410 });
};
