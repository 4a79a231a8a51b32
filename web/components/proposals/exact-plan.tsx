import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { Proposal } from "./proposal-words.ts";

/** The stored plan whole, with what must still be true when it runs, and the hash that an approval binds to. */
export function ExactPlan({ proposal: { plan, planHash } }: { proposal: Proposal }) {
  return (
    <details className="border-t px-4 py-2 text-sm">
      <summary className="truncate text-muted">
        Exact plan <code className="font-mono text-faint text-xs">{planHash.slice(0, 12)}</code>
      </summary>
      <pre className="scroll-calm mt-2 mb-1 max-h-80 overflow-y-auto whitespace-pre-wrap break-all rounded-lg border bg-sidebar p-3 font-mono text-xs leading-5">
        {spelledJson(plan, 2)}
      </pre>
    </details>
  );
}
