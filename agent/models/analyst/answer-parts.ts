import type { Question } from "./question.ts";
import type { Thinking, Thought } from "./thought.ts";

/** Answers several questions of one message in turn; the calls' results are shared out in the order they were asked. */
export function answerParts(
  questions: readonly Question[],
  thinking: Omit<Thinking, "question">,
  answer: (thinking: Thinking) => Thought,
): Thought {
  let left = thinking.results;
  const said: string[] = [];
  for (const question of questions) {
    let own: Thinking["results"] = [];
    for (;;) {
      const thought = answer({ ...thinking, question, results: own });
      if ("say" in thought) {
        said.push(thought.say);
        break;
      }
      const next = left.slice(0, thought.calls.length);
      if (next.length < thought.calls.length) return thought;
      own = [...own, ...next];
      left = left.slice(next.length);
    }
  }
  return { say: said.map((text, index) => (index < said.length - 1 ? withoutSteps(text) : text)).join("\n") };
}

/** One next step is enough for the whole message. */
function withoutSteps(text: string): string {
  const at = text.lastIndexOf("\nNext: ");
  return at < 0 ? text : text.slice(0, at);
}
