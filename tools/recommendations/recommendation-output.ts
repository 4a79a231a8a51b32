import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { Decimal, Money } from "../costs/cost-shapes.ts";
import { resourceTypeLabel } from "../discovery/resource-types.ts";
import { doneElsewhere } from "./done-elsewhere.ts";
import { CounterEvidence, Effect, Evidence, Target } from "./finding.ts";
import {
  type RecommendationType,
  recommendationEfforts,
  recommendationRisks,
  recommendationStatuses,
  recommendationTypeLabels,
} from "./recommendation-types.ts";

/** A recommendation as tools give it. Savings are at the organization's own net rate. */
export const Recommendation = z.object({
  id: z.string(),
  type: z.string(),
  typeLabel: z.string(),
  title: z.string(),
  description: z.string(),
  resource: z.object({
    id: z.string(),
    name: z.string(),
    typeLabel: z.string(),
    region: z.string().nullable(),
    resourceGroup: z.string().nullable(),
    subscriptionId: z.string().nullable(),
  }),
  monthlySavings: Money.nullable().describe("null: the data cannot tell"),
  annualSavings: Money.nullable(),
  impact: z.enum(["high", "medium", "low"]),
  effort: z.enum(recommendationEfforts),
  risk: z.enum(recommendationRisks),
  confidenceRatio: Decimal.describe("0 to 1"),
  confidenceReasons: z.array(z.string()),
  evidence: z.array(Evidence),
  counterEvidence: z.array(CounterEvidence).describe("What was looked for that would speak against it"),
  steps: z.array(z.string()),
  basis: z.string().describe("How the savings were computed"),
  target: Target.nullable().describe("What it becomes; null when it is stopped or removed"),
  remediation: z.string().nullable().describe("Our action that does it after an approval; null: elsewhere"),
  notHereBecause: z.string().nullable().describe("Why it is not carried out here; null: it can be"),
  status: z.enum(recommendationStatuses),
  since: z.string().describe("ISO time it was first found"),
});
export type Recommendation = z.infer<typeof Recommendation>;

/** What `metadata` keeps beside the columns. */
export const StoredDetails = z.object({
  basis: z.string().default(""),
  effects: z.array(Effect).default([]),
  target: Target.nullable().default(null),
  remediation: z.string().nullable().default(null),
  confidenceReasons: z.array(z.string()).default([]),
  counterEvidence: z.array(CounterEvidence).default([]),
  steps: z.array(z.string()).default([]),
});

export function toRecommendation(item: StoredRecommendation): Recommendation {
  const money = (value: string | null) => {
    const { currency } = item;
    return value === null || currency === null ? null : { value, currency };
  };
  const { effects: _, ...details } = StoredDetails.parse(item.metadata);
  return {
    id: item.id,
    type: item.type,
    typeLabel: typeLabel(item.type),
    title: item.title,
    description: item.description,
    resource: {
      id: item.resourceId,
      name: item.resourceName ?? item.resourceId.split("/").at(-1) ?? item.resourceId,
      // What is to be bought is in no inventory yet.
      typeLabel: resourceTypeLabel(
        item.type === "reserved_instance" ? "microsoft.capacity/reservations" : item.resourceType,
      ),
      region: item.region,
      resourceGroup: item.resourceGroup,
      subscriptionId: item.subscriptionId,
    },
    monthlySavings: money(item.monthlySavings),
    annualSavings: money(item.annualSavings),
    impact: item.impact,
    effort: item.effort,
    risk: item.risk,
    confidenceRatio: item.confidence,
    ...details,
    notHereBecause: details.remediation === null ? doneElsewhere(item.type) : null,
    evidence: z.array(Evidence).parse(item.evidence),
    status: item.status as Recommendation["status"],
    since: item.createdAt.toISOString(),
  };
}

export function typeLabel(type: string): string {
  return recommendationTypeLabels[type as RecommendationType] ?? type;
}
