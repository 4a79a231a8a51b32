import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import {
  type RecommendationType,
  recommendationTypeLabels,
  recommendationTypes,
} from "./recommendation-types.ts";
import type { FleetRule, Rule, Threshold } from "./rule.ts";
import { allRules, fleetRules } from "./rules/all-rules.ts";

/** Thresholds that the organization set, by rule and name. */
export const OwnThresholds = z.partialRecord(z.enum(recommendationTypes), z.record(z.string(), z.number()));
export type OwnThresholds = z.infer<typeof OwnThresholds>;

export const RuleThresholds = z.object({
  rules: z.array(
    z.object({
      type: z.string(),
      typeLabel: z.string(),
      thresholds: z.array(
        z.object({
          name: z.string(),
          description: z.string(),
          unit: z.string(),
          value: z.number().describe("What holds now"),
          default: z.number(),
          minimum: z.number(),
          maximum: z.number(),
        }),
      ),
    }),
  ),
});
export type RuleThresholds = z.infer<typeof RuleThresholds>;

export async function readOwnThresholds(transaction: TenantTransaction): Promise<OwnThresholds> {
  const { settings } = await readOrganization(transaction);
  return OwnThresholds.parse(settings.recommendationThresholds ?? {});
}

/** Every rule's thresholds with what holds for the organization. */
export function describeThresholds(own: OwnThresholds): RuleThresholds {
  return {
    rules: everyRule().map(({ type, thresholds }) => ({
      type,
      typeLabel: recommendationTypeLabels[type],
      thresholds: Object.entries(thresholds).map(([name, threshold]) => ({
        name,
        ...threshold,
        value: own[type]?.[name] ?? threshold.default,
      })),
    })),
  };
}

/** A rule's threshold of this name, or undefined. */
export function findThreshold(type: RecommendationType, name: string): Threshold | undefined {
  const { thresholds } = everyRule().find((rule) => rule.type === type) ?? { thresholds: {} };
  return Object.hasOwn(thresholds, name) ? (thresholds as Record<string, Threshold>)[name] : undefined;
}

const everyRule = (): readonly (Rule | FleetRule)[] => [...allRules, ...fleetRules];
