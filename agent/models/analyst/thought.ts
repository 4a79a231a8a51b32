import type { Question } from "./question.ts";
import type { CallResult } from "./turn.ts";
import type { Names } from "./understand/names.ts";

/** What the analyst does next: call tools, or say its answer (markdown with references). */
export type Thought = { calls: { name: string; input: Record<string, unknown> }[] } | { say: string };

/** Everything an answer is made from. */
export interface Thinking {
  question: Question;
  results: readonly CallResult[];
  names: Names;
  today: Temporal.PlainDate;
  /** Tools that this person's product has. */
  tools: ReadonlySet<string>;
}
