import { addLoadBalancer, addVirtualNetwork } from "./add-network.ts";
import {
  addAppService,
  addBandwidth,
  addContainerGroup,
  addKeyVault,
  addSqlServer,
  addStorageAccount,
} from "./add-platform.ts";
import { addVm } from "./add-vm.ts";
import { numbered, place, type Workload } from "./workload.ts";

/** Interfaces for partners: containers and app services. */
export const partners: Workload = (builder, round) => {
  const where = place(builder, round, {
    subscription: "production",
    group: "rg-partners-prod",
    application: "partner-api",
    team: "integration",
    environment: "Production",
    costCenter: "CC-1060",
    region: round.index === 0 ? "germanywestcentral" : undefined,
  });
  addVirtualNetwork(builder, where, `partners-prod${round.suffix}`);
  addAppService(
    builder,
    where,
    { name: `plan-partners-prod${round.suffix}`, sku: "P2v3", instances: 3, monthly: 1380 },
    ["api", "portal", "webhooks"].map((site) => `app-partner-${site}${round.suffix}`),
  );
  addSqlServer(builder, where, `sql-partners-prod${round.suffix}`, [
    { name: "contracts", sku: "GP_Gen5", capacity: 8, monthly: 1620 },
    { name: "messages", sku: "GP_Gen5", capacity: 8, monthly: 1620 },
  ]);
  for (const job of ["edi", "invoices", "reconcile"]) {
    addContainerGroup(builder, where, `aci-${job}${round.suffix}`, { monthly: 165, monthEndFactor: 2.6 });
  }
  const files = addStorageAccount(builder, where, `stpartners${round.suffix}`, { monthly: 520 });
  addBandwidth(builder, files, { monthly: 310 });
  addStorageAccount(builder, where, `stinvoices${round.suffix}`, { monthly: 145, monthEndFactor: 1.8 });
  addKeyVault(builder, where, `kv-partners-prod${round.suffix}`);
};

/** What the offices use: file servers, remote desktops, an intranet. */
export const offices: Workload = (builder, round) => {
  const where = place(builder, round, {
    subscription: "shared",
    group: "rg-offices",
    application: "intranet",
    team: "operations",
    environment: "Production",
    costCenter: "CC-9010",
  });
  const subnetId = addVirtualNetwork(builder, where, `offices${round.suffix}`);
  const nics: string[] = [];
  for (let index = 1; index <= 4; index++) {
    const name = numbered("vm-desktop", round, index);
    addVm(builder, where, {
      name,
      size: "Standard_D8s_v5",
      osType: "Windows",
      subnetId,
      usage: { cpuNightPercent: 4, cpuDayPercent: 42, networkOutBytesPerHour: 2.6e9 },
    });
    nics.push(builder.id(where, "Microsoft.Network/networkInterfaces", `nic-${name}`));
  }
  addLoadBalancer(builder, where, `offices${round.suffix}`, nics);
  addVm(builder, where, {
    name: numbered("vm-fileserver", round, 1),
    size: "Standard_E8s_v5",
    osType: "Windows",
    subnetId,
    dataDisks: ["P30", "P30"],
    usage: { cpuNightPercent: 7, cpuDayPercent: 23, memoryUsedShare: 0.72 },
  });
  addAppService(
    builder,
    where,
    { name: `plan-intranet${round.suffix}`, sku: "P1v3", instances: 2, monthly: 460 },
    [`app-intranet${round.suffix}`, `app-timesheets${round.suffix}`],
  );
  addSqlServer(builder, where, `sql-intranet${round.suffix}`, [
    { name: "intranet", sku: "GP_Gen5", capacity: 4, monthly: 810 },
  ]);
  addStorageAccount(builder, where, `stoffices${round.suffix}`, { monthly: 680, rhythm: "office" });
  addStorageAccount(builder, where, `stbackups${round.suffix}`, { monthly: 940, rhythm: "flat" });
  addKeyVault(builder, where, `kv-offices${round.suffix}`);
};
