import type { RelationshipKind } from "../discovery/derive-relationships.ts";
import type { PriceBook } from "../prices/price-book.ts";
import type { HourlyUsage } from "./hourly-usage.ts";
import type { DayCost } from "./net-rate.ts";

/** What a rule sees of a resource. Untrusted text throughout. */
export interface JudgedResource {
  id: string;
  type: string;
  name: string;
  /** Lower case. */
  resourceGroup: string | null;
  /** Lower case, e.g. "westeurope". */
  region: string | null;
  status: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
}

/** What one resource's properties say of another, or names alone (linkByName in db/queries/resource-relationships.ts). */
type RelatedBy = RelationshipKind | "scale_set" | "storage_account" | "disk_blob";

/** Everything beside the resource that a rule may use; no rule reads anything else. */
export interface ResourceFacts {
  /** YYYY-MM-DD by the business clock. */
  today: string;
  /** Day after the last day with costs of this subscription; null when there are none. */
  costsUntil: string | null;
  /** Usage costs of this resource (of a blob: of its account), at most the last 30 days before `costsUntil`. */
  costs: readonly DayCost[];
  /** First day with costs, where there were none in the weeks before: a resource that is new. Null: it is older. */
  costsSince: string | null;
  usage: HourlyUsage;
  /** Day on which we first saw this waste, when a recommendation is already open. */
  openSince: string | null;
  /** Another resource of the subscription by lower-case id. */
  related(id: string): JudgedResource | undefined;
  /** Whether a disk that a snapshot was made of is there, in any subscription; null: nobody has looked there. */
  isThere(id: string): boolean | null;
  /** Ids of what this resource (or another) uses. */
  uses(kind: RelatedBy, id?: string): readonly string[];
  /** Ids of what uses this resource (or another). */
  usedBy(kind: RelatedBy, id?: string): readonly string[];
  /** Retail prices and sizes; asked for what they do not know they answer null, and nothing is guessed. */
  prices: PriceBook;
  /** IANA name, for office hours. */
  timeZone: string;
}
