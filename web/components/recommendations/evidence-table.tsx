import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { evidenceText, windowText } from "./evidence-words.ts";
import type { OpenedRecommendation } from "./use-recommendations.ts";

/** What was measured, and over which days. */
export function EvidenceTable({ evidence }: Pick<OpenedRecommendation, "evidence">) {
  if (evidence.length === 0) {
    return <p className="text-muted text-sm">Nothing had to be measured: the resource's own state tells.</p>;
  }
  return (
    <dl className="divide-y rounded-lg border text-sm tabular-nums">
      {evidence.map(({ label, value, unit, window }) => (
        <div key={`${label} ${value}`} className="flex items-baseline justify-between gap-4 px-3 py-1.5">
          <dt className="min-w-0">
            {visibleLine(label)}
            {window && <span className="block text-faint text-xs">{windowText(window)}</span>}
          </dt>
          <dd className="max-w-[60%] [overflow-wrap:anywhere] text-right font-medium">
            {visibleLine(evidenceText(value, unit))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
