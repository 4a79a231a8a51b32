import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import type { CostRecord, DeliveryKey } from "./cost-record.ts";

/** One delivery of a load. */
export interface LoadedDelivery extends DeliveryKey {
  rowCount: number;
  /** replaced: an older delivery of this key was visible before. unchanged: the same content was, so nothing was stored. */
  outcome: "new" | "replaced" | "unchanged";
}

/** Exact totals of one currency as read from the source and, proven equal, as stored. */
export interface LoadedTotal {
  currency: string;
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
  totals: LoadedTotal[];
}

export interface CostLoad {
  connectionId: string;
  /** File name or provider scope, for provenance. */
  source: string;
  /** Any order, any batch size; a row's delivery is its (provider, billing account, scope, billing period). */
  batches: AsyncIterable<CostRecord[]>;
  /** Keys that this load covers even if no row comes: what was published for them is replaced by nothing. */
  replaceScopes?: readonly DeliveryKey[];
}

/** Loads cost rows; visible all at once, or not at all. Same content again changes nothing. */
export async function loadCosts(_ctx: WriteContext, _load: CostLoad): Promise<LoadResult> {
  throw new AppError("unavailable", "The cost loader is not built yet.");
}
