import { randomInteger } from "../tenant/random.ts";
import type { Activity, Resource } from "../tenant/tenant-schema.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfMonthly } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { blobPrices } from "./platform-prices.ts";
import { numbered, type Workload } from "./workload.ts";

interface Account {
  name: string;
  gib: number;
  writesAMonth: number;
  readsAnHour?: number;
  unreadSince?: string;
  readEveryHours?: number;
}
const hoursAMonth = 730;

/** Hot accounts that nobody reads any more, and those for which a cooler tier would be dearer or slower. */
export const blobTierChoices: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const gib = (name: string) => 1024 * randomInteger(2, 9, builder.seed, name, round.index);
  for (const [name, unreadSince, target] of [
    ["stlogsprod", builder.calendar.beforeMonth(30), "Cool"],
    ["stscansprod", builder.calendar.beforeQuarter(110), "Cold"],
  ] as const) {
    const spec = {
      name: numbered(name, round, 1),
      gib: gib(name),
      writesAMonth: 20_000,
      readsAnHour: 900,
      unreadSince,
    };
    const account = addHotAccount(builder, prod, spec);
    builder.plant({
      kind: "waste",
      type: "storage_tier",
      resourceId: account.id,
      since: unreadSince,
      why: `Written, but not read since ${unreadSince}.`,
      becomes: { target, remainingShare: monthlyIn(target, spec) / monthlyIn("Hot", spec) },
    });
  }
  const traps: [Resource, string][] = [
    [
      addHotAccount(builder, prod, {
        name: numbered("streportsprod", round, 1),
        gib: gib("streportsprod"),
        writesAMonth: 20_000,
        readEveryHours: 168,
      }),
      "Read once a week: retrieval would be paid each time, and its readers wait for nothing.",
    ],
    [
      addHotAccount(builder, prod, {
        name: numbered("stjournalprod", round, 1),
        gib: 60,
        writesAMonth: 5_000_000,
        readsAnHour: 0,
      }),
      "Never read, but written so much that the dearer writes of a cooler tier cost more than its data saves.",
    ],
    [
      addPremiumAccount(builder, prod, numbered("stindexprod", round, 1)),
      "Premium, with more than 35 transactions a second for each TiB: the standard tier would cost more.",
    ],
  ];
  for (const [account, why] of traps) {
    builder.plant({ kind: "trap", type: "storage_tier", resourceId: account.id, why });
  }
};

/** Data and writes of a month in a tier; what is not read costs no retrieval. */
function monthlyIn(tier: "Hot" | "Cool" | "Cold", { gib, writesAMonth }: Account): number {
  return gib * blobPrices[tier].gibMonth + (writesAMonth / 10_000) * blobPrices[tier].write;
}

function addHotAccount(builder: Builder, place: Place, spec: Account): Resource {
  const { gib, writesAMonth, readsAnHour = 0, unreadSince, readEveryHours } = spec;
  const writesAnHour = writesAMonth / hoursAMonth;
  const account = addAccount(builder, place, spec.name, "StorageV2", "Standard_LRS", [
    // A store that is as full as ever.
    { metric: "UsedCapacity", day: gib * 1024 ** 3, night: gib * 1024 ** 3, peak: gib * 1024 ** 3 },
    { metric: "Transactions", day: writesAnHour, night: writesAnHour },
    {
      metric: "Transactions/GetBlob",
      day: readsAnHour,
      night: readsAnHour,
      ...(unreadSince ? { noneSince: unreadSince } : {}),
      ...(readEveryHours ? { burst: { everyHours: readEveryHours, value: 4_000 } } : {}),
    },
    { metric: "Egress", day: writesAnHour * 400, night: writesAnHour * 400 },
  ]);
  for (const [meter, monthly] of [
    ["Hot LRS Data Stored", gib * blobPrices.Hot.gibMonth],
    ["Hot LRS Write Operations", (writesAMonth / 10_000) * blobPrices.Hot.write],
  ] as const) {
    builder.charge(account, {
      service: "Storage",
      meterSubCategory: "Tiered Block Blob",
      meter,
      amount: { kind: "fixed", daily: dailyOfMonthly(monthly) },
    });
  }
  return account;
}

function addPremiumAccount(builder: Builder, place: Place, name: string): Resource {
  const gib = 400;
  const perHour = 100 * (gib / 1024) * 3600;
  const account = addAccount(builder, place, name, "BlockBlobStorage", "Premium_LRS", [
    { metric: "UsedCapacity", day: gib * 1024 ** 3, night: gib * 1024 ** 3, peak: gib * 1024 ** 3 },
    { metric: "Transactions", day: perHour, night: perHour * 0.8 },
    { metric: "Transactions/GetBlob", day: perHour * 0.8, night: perHour * 0.7 },
    { metric: "Egress", day: perHour * 20_000, night: perHour * 16_000 },
  ]);
  builder.charge(account, {
    service: "Storage",
    meterSubCategory: "Premium Block Blob",
    meter: "Premium LRS Data Stored",
    amount: { kind: "fixed", daily: dailyOfMonthly(gib * 0.15) },
  });
  return account;
}

function addAccount(
  builder: Builder,
  place: Place,
  name: string,
  kind: string,
  sku: "Standard_LRS" | "Premium_LRS",
  activity: (Omit<Activity, "growthPercent"> & { growthPercent?: number })[],
): Resource {
  return builder.add(place, {
    type: "Microsoft.Storage/storageAccounts",
    name: name.replaceAll(/[^a-z0-9]/g, ""),
    kind,
    sku: { name: sku, tier: sku.split("_")[0]! },
    activity: activity.map((entry) => ({ growthPercent: 0, ...entry })),
    properties: {
      ...(kind === "StorageV2" ? { accessTier: "Hot" } : {}),
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      supportsHttpsTrafficOnly: true,
    },
  });
}
