import { join, word } from "./write.ts";

/** An answer with what of the question it leaves open, said before the next steps. */
export function sayLeftOut(answer: string, parts: readonly string[]): string {
  if (parts.length === 0) return answer;
  const quoted = parts.map((part) => `"${word(part.replaceAll('"', "'"))}"`);
  const note = `\nNot answered here: ${join(quoted)}. One question at a time works best: ask that on its own.\n`;
  const steps = answer.lastIndexOf("\nNext: ");
  return steps < 0 ? `${answer}\n${note}` : `${answer.slice(0, steps)}${note}${answer.slice(steps)}`;
}
