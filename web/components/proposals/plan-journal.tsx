import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { journalText, type Proposal } from "./proposal-words.ts";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** What the worker did, step by step: one line until somebody opens it. */
export function PlanJournal({ proposal: { journal, plan } }: { proposal: Proposal }) {
  const last = journal.at(-1);
  if (!last) return null;
  const nameAt = (position: number) => visibleLine(plan.items[position]?.resourceName ?? "");
  return (
    <details className="border-t px-4 py-2 text-sm">
      <summary className="truncate text-muted">
        Journal, {journal.length} {journal.length === 1 ? "entry" : "entries"} · {journalText(last)}
      </summary>
      <ol className="mt-2 mb-1 space-y-1 border-l pl-3">
        {journal.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever appended
          <li key={index} className="flex items-baseline gap-3">
            <span className="shrink-0 text-faint text-xs tabular-nums">
              {time.format(new Date(entry.writtenAt))}
            </span>
            <span className="min-w-0 break-words">
              {plan.items.length > 1 && <span className="text-muted">{nameAt(entry.position)} · </span>}
              {journalText(entry)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
