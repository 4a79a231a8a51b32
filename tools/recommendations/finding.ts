import { z } from "zod";
import { Period } from "../costs/cost-shapes.ts";

/** The types whose rules exist; the full list is in RULES.md. */
export const recommendationTypes = ["unattached_disk", "unused_public_ip", "idle_vm"] as const;
export type RecommendationType = (typeof recommendationTypes)[number];

export const recommendationTypeLabels: Record<RecommendationType, string> = {
  unattached_disk: "Unattached disk",
  unused_public_ip: "Unused public IP address",
  idle_vm: "Idle virtual machine",
};

/** One measured fact behind a recommendation. `value` is a decimal string unless the unit is text or date. */
export const Evidence = z.object({
  label: z.string(),
  value: z.string(),
  unit: z.string().describe("percent, bytes, hours, days, count, date, text, or an ISO 4217 currency"),
  window: Period.nullable().describe("Days it was measured over"),
});
export type Evidence = z.infer<typeof Evidence>;

/** What was looked for that would speak against acting, and whether it was found. */
export const CounterEvidence = z.object({ looked: z.string(), found: z.string().nullable() });
export type CounterEvidence = z.infer<typeof CounterEvidence>;

/** What a rule found waste to be. Savings are decimal strings at the organization's own net rate. */
export interface Finding {
  type: RecommendationType;
  title: string;
  description: string;
  impact: "high" | "medium" | "low";
  effort: "easy" | "medium" | "hard";
  risk: "high" | "medium" | "low";
  monthlySavings: string | null;
  annualSavings: string | null;
  currency: string | null;
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
