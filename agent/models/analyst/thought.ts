import type { Question } from "./question.ts";
import type { CallResult } from "./turn.ts";
import type { Names } from "./understand/names.ts";

/** What the analyst does next: call tools, or say its answer (markdown with references). */
export type Thought = { calls: Call[] } | { say: string };

export interface Call {
  name: string;
  input: Record<string, unknown>;
}

/** Everything an answer is made from. */
export interface Thinking {
  question: Question;
  results: readonly CallResult[];
  names: Names;
  today: Temporal.PlainDate;
  /** Tools that this person's product has. */
  tools: ReadonlySet<string>;
  /** For who points back ("stop those"): what was asked before, oldest first, and the calls that list it again. */
  before?: { questions: readonly Question[]; calls: readonly Call[] };
}
