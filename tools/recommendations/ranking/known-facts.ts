import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { environmentOf } from "../../remediation/is-production.ts";

/** What is known of a recommendation when somebody decides; no more than this may an order be made of. */
export interface KnownFacts {
  type: string;
  effort: "easy" | "medium" | "hard";
  risk: "high" | "medium" | "low";
  /** Decimal strings. */
  monthlySavings: string | null;
  currency: string | null;
  confidence: string;
  resourceGroup: string | null;
  environment: "production" | "elsewhere" | null;
}

/** The facts of a recommendation as it stands. */
export function factsOf(item: StoredRecommendation): KnownFacts {
  const { type, effort, risk, monthlySavings, currency, confidence, resourceGroup, tags } = item;
  const name = item.resourceName ?? item.resourceId.split("/").at(-1) ?? "";
  const environment = environmentOf({ name, resourceGroup, tags });
  return { type, effort, risk, monthlySavings, currency, confidence, resourceGroup, environment };
}
