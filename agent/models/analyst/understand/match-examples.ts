import type { Intent } from "../question.ts";

const intentOfTool: Record<string, Intent> = {
  get_cost_breakdown: "cost",
  get_cost_trend: "trend",
  compare_costs: "compare",
  explain_cost_change: "explain",
  search_resources: "search",
  list_recommendations: "recommendations",
  get_savings_total: "savings",
  get_commitments: "commitments",
  simulate_commitment: "commitments",
  get_data_freshness: "freshness",
  get_resource_metrics: "metrics",
  get_assessment: "assessment",
  explain_check: "assessment",
  list_policy_violations: "violations",
};
// Below this a question shares hardly more than little words with an example: better to say so than to guess.
const LEAST_LIKENESS = 0.45;

/** The intent of the tool whose example is most like the text, by the words' character trigrams. */
export function matchExamples(
  text: string,
  examples: Readonly<Record<string, readonly string[]>>,
): Intent | undefined {
  const asked = trigrams(text);
  let best: { intent: Intent; likeness: number } | undefined;
  for (const [tool, phrases] of Object.entries(examples)) {
    const intent = intentOfTool[tool];
    if (!intent) continue;
    for (const phrase of phrases) {
      const likeness = dice(asked, trigrams(phrase));
      if (likeness >= LEAST_LIKENESS && likeness > (best?.likeness ?? 0)) best = { intent, likeness };
    }
  }
  return best?.intent;
}

function trigrams(text: string): Set<string> {
  const padded = ` ${text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim()} `;
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)));
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared++;
  return (2 * shared) / (a.size + b.size);
}
