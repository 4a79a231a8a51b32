import { singleLine } from "../kernel/plain-text.ts";
import { unseen } from "../kernel/unsafe-characters.ts";

const longestText = 2_000;

/**
 * Text of a cloud, a chat or a person as paper shows it: one line of visible characters in the order they are stored,
 * of bounded length. Escaping is left to whoever prints it.
 */
export function printedText(text: string, longest = longestText): string {
  const characters = [...singleLine(text.toWellFormed()).replace(unseen, "")];
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}
