import { addLoadBalancer, addVirtualNetwork } from "./add-network.ts";
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
import { numbered, place, type Workload } from "./workload.ts";

export const webProduction: Workload = (builder, round) => {
  const web = place(builder, round, {
    subscription: "production",
    group: "rg-web-prod",
    application: "webshop",
    team: "web",
    environment: "Production",
    costCenter: "CC-1010",
  });
  const subnetId = addVirtualNetwork(builder, web, `web-prod${round.suffix}`);
  const nics: string[] = [];
  for (let index = 1; index <= 6; index++) {
    const name = numbered("vm-web-prod", round, index);
    addVm(builder, web, {
      name,
      size: "Standard_D16s_v5",
      subnetId,
      dataDisks: index <= 3 ? ["P10"] : [],
      usage: {
        cpuNightPercent: 16,
        cpuDayPercent: 48,
        networkOutBytesPerHour: 2.4e10,
        networkInBytesPerHour: 9e9,
        // The agent of two machines drops out now and then, as agents do.
        ...(index > 4 ? { gapEveryHours: 31 } : {}),
      },
    });
    nics.push(builder.id(web, "Microsoft.Network/networkInterfaces", `nic-${name}`));
  }
  const address = addLoadBalancer(builder, web, `web-prod${round.suffix}`, nics);
  const traffic = addBandwidth(builder, address, { monthly: 1180, rhythm: "shop", monthlyGrowthPercent: 1 });
  plantMonthlyAnomaly(builder, traffic, {
    monthOfQuarter: 3,
    firstDay: [15, 15],
    days: 3,
    factor: 9.4,
    why: "Outbound traffic in West Europe jumps for three days.",
  });
  addAppService(
    builder,
    web,
    { name: `plan-web-prod${round.suffix}`, sku: "P3v3", instances: 5, monthly: 4200 },
    [
      `app-webshop-prod${round.suffix}`,
      `app-checkout-prod${round.suffix}`,
      `app-identity-prod${round.suffix}`,
    ],
  );
  addKeyVault(builder, web, `kv-web-prod${round.suffix}`);
  const media = addStorageAccount(builder, web, `stmediaprod${round.suffix}`, {
    monthly: 2350,
    rhythm: "shop",
  });
  addBandwidth(builder, media, { monthly: 640, rhythm: "shop" });
};

export const dataProduction: Workload = (builder, round) => {
  const data = place(builder, round, {
    subscription: "production",
    group: "rg-data-prod",
    application: "orders",
    team: "data",
    environment: "Production",
    costCenter: "CC-1020",
  });
  const subnetId = addVirtualNetwork(builder, data, `data-prod${round.suffix}`);
  addSqlServer(builder, data, `sql-data-prod${round.suffix}`, [
    { name: "orders", sku: "BC_Gen5", capacity: 16, monthly: 7450 },
    { name: "customers", sku: "BC_Gen5", capacity: 8, monthly: 3730 },
    { name: "catalog", sku: "GP_Gen5", capacity: 8, monthly: 1620 },
    { name: "payments", sku: "BC_Gen5", capacity: 8, monthly: 3730 },
  ]);
  for (const index of [1, 2]) {
    addVm(builder, data, {
      name: numbered("vm-warehouse-prod", round, index),
      size: "Standard_E32s_v5",
      subnetId,
      dataDisks: ["P30", "P30"],
      usage: {
        cpuNightPercent: 44,
        cpuDayPercent: 58,
        memoryUsedShare: 0.78,
        networkOutBytesPerHour: 1.2e10,
      },
    });
  }
  addKeyVault(builder, data, `kv-data-prod${round.suffix}`);
  addStorageAccount(builder, data, `stordersprod${round.suffix}`, { monthly: 780 });
  addStorageAccount(builder, data, `starchiveprod${round.suffix}`, { monthly: 1340, rhythm: "flat" });
};

export const mobileProduction: Workload = (builder, round) => {
  const mobile = place(builder, round, {
    subscription: "production",
    group: "rg-mobile-prod",
    application: "mobile-app",
    team: "mobile",
    environment: "Production",
    costCenter: "CC-1030",
    region: round.index === 0 ? "eastus" : undefined,
  });
  const subnetId = addVirtualNetwork(builder, mobile, `mobile-prod${round.suffix}`);
  const nics: string[] = [];
  for (let index = 1; index <= 3; index++) {
    const name = numbered("vm-api-prod", round, index);
    addVm(builder, mobile, {
      name,
      size: "Standard_D4s_v5",
      subnetId,
      usage: { cpuNightPercent: 12, cpuDayPercent: 37, networkOutBytesPerHour: 6e9 },
    });
    nics.push(builder.id(mobile, "Microsoft.Network/networkInterfaces", `nic-${name}`));
  }
  const address = addLoadBalancer(builder, mobile, `api-prod${round.suffix}`, nics);
  addBandwidth(builder, address, { monthly: 520, rhythm: "shop" });
  addAppService(
    builder,
    mobile,
    { name: `plan-mobile-prod${round.suffix}`, sku: "P2v3", instances: 4, monthly: 2100 },
    [`app-push-prod${round.suffix}`, `app-bff-prod${round.suffix}`],
  );
  addSqlServer(builder, mobile, `sql-mobile-prod${round.suffix}`, [
    { name: "sessions", sku: "GP_Gen5", capacity: 8, monthly: 1620 },
    { name: "profiles", sku: "GP_Gen5", capacity: 16, monthly: 3240 },
  ]);
  addKeyVault(builder, mobile, `kv-mobile-prod${round.suffix}`);
  addStorageAccount(builder, mobile, `stmobileprod${round.suffix}`, { monthly: 590, rhythm: "shop" });
};

export const analytics: Workload = (builder, round) => {
  const where = place(builder, round, {
    subscription: "production",
    group: "rg-analytics",
    application: "data-platform",
    team: "analytics",
    environment: "Production",
    costCenter: "CC-2040",
    region: round.index === 0 ? "northeurope" : undefined,
  });
  const subnetId = addVirtualNetwork(builder, where, `analytics${round.suffix}`);
  for (let index = 1; index <= 4; index++) {
    addVm(builder, where, {
      name: numbered("vm-spark", round, index),
      size: "Standard_E32s_v5",
      subnetId,
      dataDisks: ["P20"],
      usage: {
        cpuNightPercent: 61,
        cpuDayPercent: 34,
        memoryUsedShare: 0.7,
        burst: { everyHours: 9, cpuPercent: 94 },
        diskReadBytesPerHour: 4e11,
      },
    });
  }
  const lake = addStorageAccount(builder, where, `stdatalake${round.suffix}`, {
    monthly: 3900,
    monthlyGrowthPercent: 1.8,
    rhythm: "batch",
  });
  plantMonthlyAnomaly(builder, builder.result().charges.at(-1)!, {
    monthOfQuarter: 2,
    firstDay: [4, 9],
    days: 3,
    factor: 4.5,
    why: `A job rewrites ${lake.name} again and again: write operations multiply.`,
  });
  addStorageAccount(builder, where, `stcurated${round.suffix}`, { monthly: 870 });
  addSqlServer(builder, where, `sql-reporting${round.suffix}`, [
    { name: "reporting", sku: "GP_Gen5", capacity: 16, monthly: 3240, rhythm: "office" },
  ]);
  for (const job of ["ingest", "transform", "export"]) {
    addContainerGroup(builder, where, `aci-${job}${round.suffix}`, { monthly: 310, monthEndFactor: 2.1 });
  }
};

export const artificialIntelligence: Workload = (builder, round) => {
  const where = place(builder, round, {
    subscription: "production",
    group: "rg-ai-prod",
    application: "assistant",
    team: "ai",
    environment: "Production",
    costCenter: "CC-2050",
    region: round.index === 0 ? "swedencentral" : undefined,
  });
  const growing = addMetered(
    builder,
    where,
    {
      type: "Microsoft.CognitiveServices/accounts",
      name: `oai-assistant-prod${round.suffix}`,
      kind: "OpenAI",
      sku: "S0",
    },
    {
      service: "Azure OpenAI",
      meterSubCategory: "Azure OpenAI",
      meter: "gpt-5 Input Tokens",
      monthly: 5200,
      monthlyGrowthPercent: 4.5,
      noisePercent: 5,
    },
  );
  builder.plant({
    kind: "trend",
    chargeId: growing.charge.id,
    monthlyGrowthPercent: 4.5,
    why: "Use of the assistant grows steadily.",
  });
  addMetered(
    builder,
    where,
    {
      type: "Microsoft.CognitiveServices/accounts",
      name: `cog-documents-prod${round.suffix}`,
      kind: "FormRecognizer",
      sku: "S0",
    },
    {
      service: "Cognitive Services",
      meterSubCategory: "Form Recognizer",
      meter: "S0 Pages",
      monthly: 860,
      noisePercent: 9,
    },
  );
  addStorageAccount(builder, where, `staiprod${round.suffix}`, { monthly: 240 });
  addKeyVault(builder, where, `kv-ai-prod${round.suffix}`);
};
