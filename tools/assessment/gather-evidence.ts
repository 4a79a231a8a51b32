import type { AssessedResource, AssessmentFacts } from "./assessed-resource.ts";
import type { Check } from "./check.ts";
import { evaluate } from "./evaluate-condition.ts";
import { readPath } from "./read-path.ts";

/** A fact behind a result. `value` is untrusted text of the inventory; null: it is not there. */
export interface EvidenceItem {
  label: string;
  path: string;
  value: string | null;
}

const longestValue = 200;
const mostItems = 5;

/** What a check looked at, as text short enough to keep for each finding. */
export function gatherEvidence(
  check: Check,
  resource: AssessedResource,
  facts: AssessmentFacts,
): EvidenceItem[] {
  return check.evidence.map((evidence) => {
    if ("metric" in evidence) {
      const { label, metric, statistic } = evidence;
      const value = facts.metric(resource.id, metric)?.[statistic].toFixed(1) ?? null;
      return { label, path: `metrics.${metric}.${statistic}`, value };
    }
    const { label, path, where, show } = evidence;
    const value = readPath({ resource }, path);
    if (!Array.isArray(value)) return { label, path, value: shorten(value) };
    const items = value
      .filter((item) => !where || evaluate(where, { resource, item }, facts) === true)
      .map((item) => shorten(show ? readPath({ resource, item }, show) : item) ?? "?");
    const rest = items.length - mostItems;
    const text = items.slice(0, mostItems).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
    return { label, path, value: text === "" ? null : text };
  });
}

function shorten(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}
