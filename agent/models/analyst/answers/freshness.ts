import type { Thinking, Thought } from "../thought.ts";
import { sayError } from "./write.ts";

/** How fresh and how complete the data is. */
export function answerFreshness({ results }: Thinking): Thought {
  if (results.length === 0) return { calls: [{ name: "get_data_freshness", input: {} }] };
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  return { say: "" };
}
