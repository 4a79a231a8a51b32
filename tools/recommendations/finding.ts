import { z } from "zod";
import { Decimal, Period } from "../costs/cost-shapes.ts";
import type { RecommendationEffort, RecommendationRisk, RecommendationType } from "./recommendation-types.ts";

/** One measured fact behind a recommendation. `value` is a decimal string unless the unit is text or date. */
export const Evidence = z.object({
  label: z.string(),
  value: z.string(),
  unit: z.string().describe("percent, bytes, GiB, hours, days, count, date, text, or an ISO 4217 currency"),
  window: Period.nullable().describe("Days it was measured over"),
});
export type Evidence = z.infer<typeof Evidence>;

/** What was looked for that would speak against acting, and whether it was found. */
export const CounterEvidence = z.object({ looked: z.string(), found: z.string().nullable() });
export type CounterEvidence = z.infer<typeof CounterEvidence>;

/**
 * What a recommendation does to one component of a resource's monthly cost, at the organization's own rate.
 * Several on one component do not add up: shares multiply, and fixed amounts come off what is left.
 */
export const Effect = z.object({
  resourceId: z.string(),
  component: z.enum(["compute", "licence", "storage", "network", "platform"]),
  monthlyCost: Decimal.describe("Cost of the component today that nothing already committed pays"),
  change: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("share"), remaining: Decimal.describe("0 to 1") }),
    z.object({ kind: z.literal("amount"), monthlySavings: Decimal }),
  ]),
});
export type Effect = z.infer<typeof Effect>;

/** What it becomes, when it is changed and not removed. */
export const Target = z.object({ label: z.string(), sku: z.string().nullable() });
export type Target = z.infer<typeof Target>;

/** With what else the saving was reckoned, by the name that the action's input has for it. */
export type ReckonedTarget = Target & { settings?: Readonly<Record<string, number>> };

/** What a rule found waste to be. Savings are decimal strings at the organization's own net rate. */
export interface Finding {
  type: RecommendationType;
  title: string;
  description: string;
  impact: "high" | "medium" | "low";
  effort: RecommendationEffort;
  risk: RecommendationRisk;
  monthlySavings: string | null;
  annualSavings: string | null;
  currency: string | null;
  /** How the savings were computed, one sentence. */
  basis: string;
  effects: Effect[];
  target: ReckonedTarget | null;
  /** The action of ours that carries it out after an approval; null where a person does it elsewhere. */
  remediation: string | null;
  /** 0 to 1. */
  confidence: number;
  confidenceReasons: string[];
  evidence: Evidence[];
  counterEvidence: CounterEvidence[];
  steps: string[];
}

/** A rule's word on one resource. Unknown changes nothing: neither opens nor closes a recommendation. */
export type Verdict =
  | { verdict: "waste"; finding: Finding }
  | { verdict: "fine"; because: string }
  | { verdict: "unknown"; because: string };

export const fine = (because: string): Verdict => ({ verdict: "fine", because });
export const unknown = (because: string): Verdict => ({ verdict: "unknown", because });
