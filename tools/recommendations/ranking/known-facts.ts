import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { environmentOf } from "../../remediation/is-production.ts";
import {
  type RecommendationEffort,
  type RecommendationRisk,
  recommendationEfforts,
  recommendationRisks,
} from "../recommendation-types.ts";

/** What the database copied at the moment of a decision (0093_recommendation_rankings.sql). */
export const Known = z.object({
  type: z.string(),
  effort: z.enum(recommendationEfforts),
  risk: z.enum(recommendationRisks),
  monthlySavings: z.string().nullable(),
  currency: z.string().nullable(),
  confidence: z.string(),
  resourceId: z.string(),
  resourceName: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  region: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
});

/** What is known of a recommendation when somebody decides; no more than this may an order be made of. */
export interface KnownFacts {
  type: string;
  effort: RecommendationEffort;
  risk: RecommendationRisk;
  /** Decimal strings. */
  monthlySavings: string | null;
  currency: string | null;
  confidence: string;
  resourceGroup: string | null;
  environment: "production" | "elsewhere" | null;
}

/** The facts of a recommendation, as it stands or as it was kept. */
export function factsOf(
  item: Omit<KnownFacts, "environment"> & Pick<StoredRecommendation, "resourceId" | "resourceName" | "tags">,
): KnownFacts {
  const { type, effort, risk, monthlySavings, currency, confidence, resourceGroup, tags } = item;
  const name = item.resourceName ?? item.resourceId.split("/").at(-1) ?? "";
  const environment = environmentOf({ name, resourceGroup, tags });
  return { type, effort, risk, monthlySavings, currency, confidence, resourceGroup, environment };
}
