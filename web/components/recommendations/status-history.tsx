import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { formatDay } from "../../lib/format.ts";
import type { Status } from "./page-address.ts";
import { statusWords } from "./recommendation-words.ts";
import type { OpenedRecommendation } from "./use-recommendations.ts";

/** Each change of its status: when, by whom, and why; the newest last. */
export function StatusHistory({ changes }: Pick<OpenedRecommendation, "changes">) {
  return (
    <ol className="space-y-1 text-sm">
      {changes.map(({ at, from, to, by, reason }) => (
        <li key={`${at} ${to}`} className="flex gap-3">
          <span className="w-24 shrink-0 text-muted tabular-nums">{formatDay(at)}</span>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {from === null ? "Found" : (statusWords[to as Status] ?? to)}
            {by !== null && <span className="text-muted"> by {visibleLine(by)}</span>}
            {reason !== null && <span className="block text-muted">{visibleLine(reason)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
