import { randomInteger } from "../tenant/random.ts";
import type { Activity, Resource } from "../tenant/tenant-schema.ts";
import { addServer } from "./add-platform.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfHourly, dailyOfMonthly } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { poolPrices, sqlPrices } from "./platform-prices.ts";
import type { Workload } from "./workload.ts";

const gib = 1024 ** 3;
const { compute, licence, gibMonth } = sqlPrices.GeneralPurpose;

interface Pool {
  name: string;
  sku: { vCores: number } | { edtus: number };
  /** Percent of the whole pool in office hours and else; undefined: Monitor has nothing of it. */
  load?: { day: number; night: number };
  storedGib: number;
  databases: readonly string[];
  /** Of each database in it. */
  properties?: Record<string, unknown>;
  perDatabase?: { minCapacity: number; maxCapacity: number };
}

/** Elastic pools on too much or with nothing in them, and ones that need what they have. */
export const elasticPools: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const server = `sql-pools-prod${round.suffix}`;
  addServer(builder, prod, server);
  const low = (name: string) => ({
    day: randomInteger(17, 21, builder.seed, name, round.index),
    night: 9,
  });
  const since = builder.calendar.beforeQuarter(50);
  const waste: [Pool, why: string, becomes?: { target: string; remainingShare: number }][] = [
    [
      {
        name: "pool-shops",
        sku: { vCores: 8 },
        load: low("pool-shops"),
        storedGib: 300,
        databases: ["shop-001", "shop-002"],
      },
      "The pool uses less than 40 % in 99 of 100 hours.",
      { target: "GP_Gen5_4", remainingShare: 0.5 },
    ],
    [
      {
        name: "pool-surveys",
        sku: { edtus: 200 },
        load: low("pool-surveys"),
        storedGib: 60,
        databases: ["survey-001"],
      },
      "The pool uses less than 40 % in 99 of 100 hours.",
      { target: "StandardPool_100", remainingShare: 0.5 },
    ],
    [
      {
        name: "pool-retired",
        sku: { edtus: 100 },
        load: { day: 0, night: 0 },
        storedGib: 0,
        databases: [],
      },
      "No database is in it.",
    ],
  ];
  for (const [pool, why, becomes] of waste) {
    builder.plant({
      kind: "waste",
      type: "database_rightsizing",
      resourceId: addPool(builder, prod, server, pool).pool.id,
      since,
      why,
      only: { meters: ["vCore", "eDTUs"] },
      ...(becomes ? { becomes } : {}),
    });
  }
  const traps: [Pool, why: string][] = [
    [
      {
        name: "pool-checkout",
        sku: { vCores: 4 },
        load: { day: 58, night: 20 },
        storedGib: 80,
        databases: ["checkout-001"],
      },
      "Its databases use it together.",
    ],
    [
      {
        name: "pool-archive",
        sku: { edtus: 200 },
        load: low("pool-archive"),
        storedGib: 180,
        databases: ["archive-001"],
      },
      "It stores 180 GiB: the next smaller size has 100.",
    ],
    [
      {
        name: "pool-clients",
        sku: { vCores: 4 },
        load: low("pool-clients"),
        storedGib: 40,
        databases: ["client-001", "client-002", "client-003"],
        perDatabase: { minCapacity: 1, maxCapacity: 4 },
      },
      "It promises a vCore to each of its three databases.",
    ],
    [
      {
        name: "pool-silent",
        sku: { edtus: 100 },
        storedGib: 20,
        databases: ["silent-001"],
      },
      "Monitor has nothing of it.",
    ],
    [
      {
        name: "pool-copies",
        sku: { vCores: 8 },
        load: low("pool-copies"),
        storedGib: 120,
        databases: ["copy-001"],
        properties: { secondaryType: "Geo" },
      },
      "It holds a replica, which has to carry what its primary does.",
    ],
  ];
  for (const [pool, why] of traps) {
    const added = addPool(builder, prod, server, pool);
    builder.plant({ kind: "trap", type: "database_rightsizing", resourceId: added.pool.id, why });
    for (const { id } of added.databases) {
      builder.plant({ kind: "trap", type: "database_rightsizing", resourceId: id, why: "Its pool is paid." });
    }
  }
};

function addPool(
  builder: Builder,
  place: Place,
  server: string,
  { name, sku, load, storedGib, databases, properties, perDatabase }: Pool,
): { pool: Resource; databases: Resource[] } {
  const isDtu = "edtus" in sku;
  const capacity = isDtu ? sku.edtus : sku.vCores;
  const most = isDtu ? sku.edtus : 512;
  const steady = (metric: string, value: number): Activity => ({
    metric,
    day: value,
    night: value,
    peak: value,
    growthPercent: 0,
  });
  const pool = builder.add(place, {
    type: "Microsoft.Sql/servers/elasticPools",
    name: `${server}/${name}`,
    kind: isDtu ? "pool" : "vcore,pool",
    sku: isDtu
      ? { name: "StandardPool", tier: "Standard", capacity }
      : { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity },
    properties: {
      state: "Ready",
      creationDate: "2024-03-05T08:00:00Z",
      maxSizeBytes: most * gib,
      perDatabaseSettings: perDatabase ?? { minCapacity: 0, maxCapacity: capacity },
      zoneRedundant: false,
      ...(isDtu ? {} : { licenseType: "LicenseIncluded" }),
    },
    ...(load
      ? {
          activity: [
            { metric: isDtu ? "dtu_consumption_percent" : "cpu_percent", ...load, growthPercent: 0 },
            steady("storage_used", storedGib * gib),
            steady("storage_percent", (storedGib / most) * 100),
          ],
        }
      : {}),
  });
  builder.charge(pool, {
    service: "SQL Database",
    meterSubCategory: isDtu
      ? "Elastic Pool - Standard"
      : "Single/Elastic Pool General Purpose - Compute Gen5",
    meter: isDtu ? "eDTUs" : "vCore",
    amount: {
      kind: "fixed",
      daily: isDtu
        ? (poolPrices.Standard * capacity).toFixed(6)
        : dailyOfHourly((compute + licence) * capacity),
    },
  });
  if (!isDtu) {
    builder.charge(pool, {
      service: "SQL Database",
      meterSubCategory: "Single/Elastic Pool General Purpose - Storage",
      meter: "General Purpose Data Stored",
      amount: { kind: "fixed", daily: dailyOfMonthly(most * gibMonth) },
    });
  }
  const pooled = databases.map((database) =>
    builder.add(place, {
      type: "Microsoft.Sql/servers/databases",
      name: `${server}/${database}`,
      kind: isDtu ? "v12.0,user,pool" : "v12.0,user,vcore,pool",
      sku: { name: "ElasticPool", tier: isDtu ? "Standard" : "GeneralPurpose", capacity: 0 },
      properties: {
        status: "Online",
        elasticPoolId: pool.id,
        currentServiceObjectiveName: "ElasticPool",
        ...properties,
      },
      activity: [
        { metric: "cpu_percent", day: 12, night: 5, growthPercent: 0 },
        { metric: "sessions_count", day: 9, night: 4, growthPercent: 0 },
        { metric: "sessions_percent", day: 2, night: 1, growthPercent: 0 },
        steady("storage", (storedGib / databases.length) * gib),
      ],
    }),
  );
  return { pool, databases: pooled };
}
