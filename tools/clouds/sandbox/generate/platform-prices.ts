/** USD list prices of platform services, the same in every region, West Europe's rounded. */

/** A GiB and month; premium snapshots are full copies. */
export const snapshotPrices = { Standard_LRS: 0.05, Standard_ZRS: 0.05, Premium_LRS: 0.132 } as const;

/** An hour. */
export const addressPrices = { standardStatic: 0.005, basicStatic: 0.0036, basicDynamic: 0.004 } as const;

/** An hour of the first five rules together, of each further rule, and a GiB that passes. */
export const balancerPrices = { firstFiveRules: 0.025, additionalRule: 0.01, gib: 0.005 } as const;

/** A day of a single database by its service objective. */
export const dtuPrices = {
  Basic: 0.1612,
  S0: 0.4839,
  S1: 0.9677,
  S2: 2.4194,
  S3: 4.8387,
  S4: 9.6774,
  S6: 19.3548,
  S7: 38.7097,
  S9: 77.4194,
  S12: 145.1613,
  P1: 15,
  P2: 30,
  P4: 60,
  P6: 120,
  P11: 225.806,
  P15: 516.129,
} as const;
export type DtuObjective = keyof typeof dtuPrices;

/** An eDTU and day of an elastic pool, storage included. */
export const poolPrices = { Basic: 0.0484, Standard: 0.0726, Premium: 0.1834 } as const;
const standardPools = [50, 100, 200, 300, 400, 800, 1200, 1600, 2000, 2500, 3000];
/** The sizes that pools are sold in, in eDTUs. */
export const poolSizes = {
  Basic: standardPools.slice(0, 8),
  Standard: standardPools,
  Premium: [125, 250, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000],
} as const satisfies Record<keyof typeof poolPrices, readonly number[]>;

/** A vCore and hour of Gen5, and a GiB and month of data; pay as you go is compute + licence. */
export const sqlPrices = {
  GeneralPurpose: { compute: 0.1442, licence: 0.0999, gibMonth: 0.138 },
  BusinessCritical: { compute: 0.2613, licence: 0.3, gibMonth: 0.3 },
  Hyperscale: { compute: 0.1442, licence: null, gibMonth: 0.3 },
} as const;

/** A vCore and hour of serverless Gen5, licence included; 3 GiB of memory count as a vCore. */
export const serverlessPrices = { GeneralPurpose: 0.5218, Hyperscale: 0.378 } as const;

/** An hour of one instance. */
export const appServicePrices = {
  B1: { plan: "Basic", linux: 0.018, windows: 0.075 },
  B2: { plan: "Basic", linux: 0.036, windows: 0.15 },
  B3: { plan: "Basic", linux: 0.071, windows: 0.3 },
  S1: { plan: "Standard", linux: 0.095, windows: 0.1 },
  S2: { plan: "Standard", linux: 0.19, windows: 0.2 },
  S3: { plan: "Standard", linux: 0.38, windows: 0.4 },
  P0v3: { plan: "Premium v3", linux: 0.0875, windows: 0.14 },
  P1v3: { plan: "Premium v3", linux: 0.315, windows: 0.46 },
  P2v3: { plan: "Premium v3", linux: 0.63, windows: 0.92 },
  P3v3: { plan: "Premium v3", linux: 1.26, windows: 1.84 },
} as const;
export type AppServiceSku = keyof typeof appServicePrices;

/** Locally redundant block blobs: a GiB and month, 10,000 operations, a GiB retrieved, days that are paid at least. */
export const blobPrices = {
  Hot: { gibMonth: 0.0196, write: 0.054, read: 0.0043, retrieval: null, earlyDeletionDays: 0 },
  Cool: { gibMonth: 0.01, write: 0.1, read: 0.01, retrieval: 0.01, earlyDeletionDays: 30 },
  Cold: { gibMonth: 0.0036, write: 0.18, read: 0.1, retrieval: 0.03, earlyDeletionDays: 90 },
  Archive: { gibMonth: 0.0018, write: 0.11, read: 5.5, retrieval: 0.022, earlyDeletionDays: 180 },
} as const;

/** Standard page blobs of general-purpose v2 accounts (unmanaged disks): a GiB of written pages and month. */
export const pageBlobPrices = { LRS: 0.045, GRS: 0.06, "RA-GRS": 0.075 } as const;

/** The same in general-purpose v1 accounts. */
export const oldPageBlobPrices = { LRS: 0.05, GRS: 0.095, "RA-GRS": 0.12 } as const;

/** What other redundancies cost of the locally redundant price. Archive has no zones. */
export const redundancyFactors = {
  LRS: 1,
  ZRS: 1.25,
  GRS: 2,
  "RA-GRS": 2.5,
  GZRS: 2.25,
  "RA-GZRS": 2.8,
} as const;

/** Zone-redundant disks and snapshots cost this much of locally redundant ones. */
export const zoneRedundantDiskFactor = 1.5;
