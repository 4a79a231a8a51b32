export const families = [
  "totals",
  "breakdown",
  "trend",
  "comparison",
  "explanation",
  "resources",
  "recommendations",
  "assessment",
  "knowledge",
  "freshness",
  "follow-up",
  "limits",
] as const;
export type Family = (typeof families)[number];

type ToolName =
  | "get_cost_breakdown"
  | "get_cost_trend"
  | "compare_costs"
  | "explain_cost_change"
  | "search_resources"
  | "list_resource_changes"
  | "get_resource_metrics"
  | "list_recommendations"
  | "get_savings_total"
  | "get_commitments"
  | "simulate_commitment"
  | "plan_savings"
  | "get_allocation"
  | "reconcile_costs"
  | "get_resource_relationships"
  | "get_data_freshness"
  | "get_assessment"
  | "explain_check"
  | "search_knowledge";

/** One question as a person would put it, and how its answer is judged. */
export interface EvalCase {
  family: Family;
  /** Earlier questions of the same conversation; only the last answer is judged. */
  before?: string[];
  question: string;
  /** At least one of these was called and answered. */
  tools?: ToolName[];
  /**
   * SQL over the source data (FOCUS file or raw rows), written without the tools. Each number must be a proven
   * figure of the answer: the column's name starts with its unit (usd, percent, count, days). Each text column
   * is a name that the answer must mention.
   */
  truth?: string;
  /** How far from the truth's money a figure may be, where the product rounds each of what it adds. Decimal string. */
  moneyWithin?: string;
  /** What the words must say, e.g. the direction of a change. */
  says?: RegExp;
  /** The right answer is to ask back or to say what is missing: it must match, and hold no figure of money. */
  declines?: RegExp;
}
