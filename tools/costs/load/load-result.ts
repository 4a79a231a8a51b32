import type { DeliveryKey } from "./cost-record.ts";

/** One delivery of a load. */
export interface LoadedDelivery extends DeliveryKey {
  rowCount: number;
  /** replaced: an older delivery of this key was visible. unchanged: the same content was, so nothing was stored. */
  outcome: "new" | "replaced" | "unchanged";
}

/** Exact totals of one currency as read from the source and, proven equal, as stored. */
export interface LoadedTotal {
  currency: string;
  rowCount: number;
  billed: string;
  effective: string;
  contracted: string;
  list: string;
}

export interface LoadResult {
  importId: string;
  deliveries: LoadedDelivery[];
  rowCount: number;
  /** Every delivery had the same content as what is published: nothing changed. */
  alreadyLoaded: boolean;
  /** One per currency, sorted by currency. */
  totals: LoadedTotal[];
}
