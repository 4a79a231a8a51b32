import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { Check, TriangleAlert } from "lucide-react";
import type { OpenedRecommendation } from "./use-recommendations.ts";

/** What was looked for that would speak against acting, and whether it was there. */
export function CounterEvidence({ items }: { items: OpenedRecommendation["counterEvidence"] }) {
  if (items.length === 0) {
    return <p className="text-muted text-sm">For this kind of recommendation nothing is looked for.</p>;
  }
  return (
    <ul className="divide-y rounded-lg border text-sm">
      {items.map(({ looked, found }) => (
        <li key={looked} className="flex items-start gap-2 px-3 py-1.5">
          {found === null ? (
            <Check size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-better" />
          ) : (
            <TriangleAlert size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
          )}
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere] first-letter:uppercase">
            {visibleLine(looked)}
            {found !== null && <span className="block text-warn">{visibleLine(found)}</span>}
          </span>
          <span className="shrink-0 text-muted text-xs leading-5">
            {found === null ? "not found" : "found"}
          </span>
        </li>
      ))}
    </ul>
  );
}
