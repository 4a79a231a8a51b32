import { randomInteger } from "../tenant/random.ts";
import type { Activity, Resource } from "../tenant/tenant-schema.ts";
import { addServer } from "./add-platform.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfHourly, dailyOfMonthly } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { dtuPrices, serverlessPrices, sqlPrices } from "./platform-prices.ts";
import type { Workload } from "./workload.ts";

const gib = 1024 ** 3;
const licensedVcoreHour = sqlPrices.GeneralPurpose.compute + sqlPrices.GeneralPurpose.licence;

interface Database {
  name: string;
  sku: { vCores: number } | { dtu: "S1" | "S2" | "S3"; capacity: number };
  /** In office hours and else; and what a nightly job takes. */
  load: { day: number; night: number; burst?: Activity["burst"] };
  /** The same in every hour of its rhythm: what serverless costs follows from it. */
  isSteady?: boolean;
  storedGib: number;
  sessions?: { day: number; night: number; burst?: Activity["burst"] };
  properties?: Record<string, unknown>;
}

/** Databases on too much, and ones that need it. */
export const oversizedDatabases: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const server = `sql-oversized-prod${round.suffix}`;
  addServer(builder, prod, server);
  const low = (name: string) => randomInteger(17, 21, builder.seed, name, round.index);
  const since = builder.calendar.beforeQuarter(50);
  const waste: [Database, string, number][] = [
    [
      { name: "ratings", sku: { vCores: 8 }, load: { day: low("ratings"), night: 9 }, storedGib: 90 },
      "GP_Gen5_4",
      0.5,
    ],
    [
      { name: "newsletter", sku: { vCores: 4 }, load: { day: low("newsletter"), night: 8 }, storedGib: 60 },
      "GP_Gen5_2",
      0.5,
    ],
    [
      {
        name: "vouchers",
        sku: { dtu: "S3", capacity: 100 },
        load: { day: low("vouchers"), night: 9 },
        storedGib: 40,
      },
      "S2",
      dtuPrices.S2 / dtuPrices.S3,
    ],
  ];
  for (const [database, target, remainingShare] of waste) {
    builder.plant({
      kind: "waste",
      type: "database_rightsizing",
      resourceId: addDatabase(builder, prod, server, database).id,
      since,
      why: "Uses less than 40 % in 99 of 100 hours.",
      only: { meters: ["vCore", "S3 DTUs"] },
      becomes: { target, remainingShare },
    });
  }
  const traps: [Database, string][] = [
    [
      { name: "documents", sku: { dtu: "S3", capacity: 100 }, load: { day: 18, night: 9 }, storedGib: 410 },
      "It stores 410 GiB: the next smaller tier takes 250.",
    ],
    [
      { name: "telemetry", sku: { vCores: 6 }, load: { day: 18, night: 9 }, storedGib: 1300 },
      "It stores 1,300 GiB: four vCores take 1,024.",
    ],
    [
      {
        name: "closing",
        sku: { vCores: 4 },
        load: { day: 16, night: 8, burst: { everyHours: 24, value: 96 } },
        storedGib: 60,
      },
      "A nightly job uses all of it.",
    ],
  ];
  for (const [database, why] of traps) {
    const { id } = addDatabase(builder, prod, server, database);
    builder.plant({ kind: "trap", type: "database_rightsizing", resourceId: id, why });
  }
  addPool(builder, prod, server);
};

/** Databases that nobody asks for most hours, and ones that cannot pause or are always in use. */
export const sleepyDatabases: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const officeLoad = randomInteger(55, 68, builder.seed, "timesheets", round.index);
  const burstPeak = randomInteger(70, 95, builder.seed, "settlements", round.index);
  const server = `sql-sleepy-prod${round.suffix}`;
  addServer(builder, prod, server);
  const vCores = 4;
  const office = (name: string, properties: Record<string, unknown> = {}): Database => ({
    name,
    sku: { vCores },
    load: { day: officeLoad, night: 0 },
    isSteady: true,
    sessions: { day: 14, night: 0 },
    storedGib: 40,
    properties,
  });
  const settlements: Database = {
    ...office("settlements"),
    load: { day: 0, night: 0, burst: { everyHours: 12, value: burstPeak } },
    sessions: { day: 0, night: 0, burst: { everyHours: 12, value: 6 } },
  };
  // Hours a week in which it is in use, how much of it then, and how often a week it then waits an hour to pause.
  const waste: [Database, hours: number, percent: number, stretches: number][] = [
    [office("timesheets"), 55, officeLoad, 5],
    [settlements, 14, burstPeak * 0.8, 14],
  ];
  for (const [database, hours, percent, stretches] of waste) {
    const vcoreHours = hours * (percent / 100) * vCores + stretches * Math.max(0.5, vCores / 8);
    builder.plant({
      kind: "waste",
      type: "serverless_candidate",
      resourceId: addDatabase(builder, prod, server, database).id,
      since: builder.calendar.beforeQuarter(50),
      why: "No session and no CPU in most hours.",
      only: { meters: ["vCore"] },
      becomes: {
        target: `GP_S_Gen5_${vCores}`,
        remainingShare: (vcoreHours * serverlessPrices.GeneralPurpose) / (168 * vCores * licensedVcoreHour),
      },
    });
  }
  const replicated = office("timesheets-replicated", {
    failoverGroupId: builder.id(prod, "Microsoft.Sql/servers/failoverGroups", `${server}/fog-timesheets`),
    secondaryType: "Geo",
  });
  const jobs = addDatabase(builder, prod, server, office("jobs"));
  builder.add(prod, {
    type: "Microsoft.Sql/servers/jobAgents",
    name: `${server}/agent-nightly`,
    properties: { databaseId: jobs.id, state: "Ready" },
  });
  const always: Database = {
    name: "heartbeat",
    sku: { vCores: 2 },
    load: { day: 52, night: 47 },
    sessions: { day: 3, night: 3 },
    storedGib: 20,
  };
  for (const [{ id }, why] of [
    [addDatabase(builder, prod, server, replicated), "Replicated to another region: it cannot pause."],
    [jobs, "The database of the elastic jobs: it cannot pause."],
    [addDatabase(builder, prod, server, always), "Somebody is always connected."],
  ] as const) {
    builder.plant({ kind: "trap", type: "serverless_candidate", resourceId: id, why });
  }
};

function addDatabase(builder: Builder, place: Place, server: string, database: Database): Resource {
  const { sku, load, storedGib } = database;
  const isDtu = "dtu" in sku;
  const stored = storedGib * gib;
  const sessions = database.sessions ?? { day: 30, night: 12 };
  const activity = (metric: string, values: Omit<Activity, "metric" | "growthPercent">): Activity => ({
    metric,
    growthPercent: 0,
    ...values,
  });
  const resource = builder.add(place, {
    type: "Microsoft.Sql/servers/databases",
    name: `${server}/${database.name}`,
    kind: isDtu ? "v12.0,user" : "v12.0,user,vcore",
    sku: isDtu
      ? { name: "Standard", tier: "Standard", capacity: sku.capacity }
      : { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: sku.vCores },
    properties: {
      status: "Online",
      maxSizeBytes: Math.max(250, Math.ceil(storedGib / 1024) * 1024) * gib,
      currentServiceObjectiveName: isDtu ? sku.dtu : `GP_Gen5_${sku.vCores}`,
      zoneRedundant: false,
      ...(isDtu ? {} : { licenseType: "LicenseIncluded" }),
      ...database.properties,
    },
    activity: [
      // What grows, however little, does not jump about.
      { ...activity("cpu_percent", load), growthPercent: database.isSteady ? 1e-6 : 0 },
      ...(isDtu ? [activity("dtu_consumption_percent", load)] : []),
      activity("sessions_count", sessions),
      activity("sessions_percent", { ...sessions, day: sessions.day / 20, night: sessions.night / 20 }),
      activity("storage", { day: stored, night: stored, peak: stored }),
    ],
  });
  builder.charge(resource, {
    service: "SQL Database",
    meterSubCategory: isDtu ? "Single Standard" : "Single/Elastic Pool General Purpose - Compute Gen5",
    meter: isDtu ? `${sku.dtu} DTUs` : "vCore",
    amount: {
      kind: "fixed",
      daily: isDtu ? String(dtuPrices[sku.dtu]) : dailyOfHourly(licensedVcoreHour * sku.vCores),
    },
  });
  if (!isDtu) {
    builder.charge(resource, {
      service: "SQL Database",
      meterSubCategory: "Single/Elastic Pool General Purpose - Storage",
      meter: "General Purpose Data Stored",
      amount: { kind: "fixed", daily: dailyOfMonthly(storedGib * sqlPrices.GeneralPurpose.gibMonth) },
    });
  }
  return resource;
}

/** A pool and a database in it that does little: its pool is what is paid. */
function addPool(builder: Builder, place: Place, server: string): void {
  const pool = builder.add(place, {
    type: "Microsoft.Sql/servers/elasticPools",
    name: `${server}/pool-tenants`,
    kind: "vcore,pool",
    sku: { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: 4 },
    properties: { state: "Ready", licenseType: "LicenseIncluded" },
  });
  builder.charge(pool, {
    service: "SQL Database",
    meterSubCategory: "Single/Elastic Pool General Purpose - Compute Gen5",
    meter: "vCore",
    amount: { kind: "fixed", daily: dailyOfHourly(licensedVcoreHour * 4) },
  });
  const pooled = builder.add(place, {
    type: "Microsoft.Sql/servers/databases",
    name: `${server}/tenant-001`,
    kind: "v12.0,user,vcore,pool",
    sku: { name: "ElasticPool", tier: "GeneralPurpose", capacity: 0 },
    properties: { status: "Online", elasticPoolId: pool.id, currentServiceObjectiveName: "ElasticPool" },
    activity: [
      { metric: "cpu_percent", day: 8, night: 0, growthPercent: 0 },
      { metric: "sessions_count", day: 2, night: 0, growthPercent: 0 },
      { metric: "sessions_percent", day: 1, night: 0, growthPercent: 0 },
      { metric: "storage", day: 4 * gib, night: 4 * gib, peak: 4 * gib, growthPercent: 0 },
    ],
  });
  for (const type of ["database_rightsizing", "serverless_candidate"] as const) {
    builder.plant({
      kind: "trap",
      type,
      resourceId: pooled.id,
      why: "It is in an elastic pool: its pool is paid, whatever it uses.",
    });
  }
}
