"use client";
import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { exampleQuestions } from "../../lib/example-questions.ts";
import { formatDay } from "../../lib/format.ts";
import { useDataState, useSession } from "../../lib/queries.ts";

/** The first page: one line, four questions that work, and the state of the data. */
export function Greeting({ onAsk, children }: { onAsk(question: string): void; children: ReactNode }) {
  const session = useSession();
  const state = useDataState();
  const name = session.data?.organization?.name ?? "your cloud";
  return (
    <div className="w-full">
      <h1 className="font-semibold text-[26px] leading-9 tracking-[-0.022em]">
        What would you like to know about {name}?
      </h1>
      <p className="mt-1.5 min-h-6 text-muted" aria-live="polite">
        {stateText(state.data)}
      </p>
      <div className="mt-6">{children}</div>
      <ul aria-label="Example questions" className="mt-4 grid gap-2 sm:grid-cols-2">
        {exampleQuestions(state.data).map((question) => (
          <li key={question}>
            <button
              type="button"
              onClick={() => onAsk(question)}
              className="group flex h-full w-full items-start gap-3 rounded-lg border bg-surface px-3.5 py-2.5 text-left transition-colors hover:border-border-strong hover:bg-hover"
            >
              <span className="flex-1">{question}</span>
              <ArrowUpRight
                size={15}
                className="mt-1 shrink-0 text-faint transition-colors group-hover:text-foreground"
              />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function stateText(state: ReturnType<typeof useDataState>["data"]): string {
  if (!state) return "";
  const loading = state.loading[0];
  if (loading) {
    const part = loading.total ? `, ${Math.floor((100 * (loading.done ?? 0)) / loading.total)} %` : "";
    return `${loading.message}${part}. You can ask already; answers cover what is loaded.`;
  }
  const { dataFrom, dataUntil } = state.freshness ?? {};
  if (!dataUntil && state.problem) return `The demo data could not be loaded: ${state.problem}`;
  if (!dataUntil) return "There is no cost data yet. Import a file: npm run cloudoptima -- import focus FILE";
  return `Cost data from ${dataFrom ? formatDay(dataFrom) : "the start"} until ${formatDay(dataUntil)}.`;
}
