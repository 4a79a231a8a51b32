import { createHash, randomInt } from "node:crypto";

/** Without 0/O, 1/I/L and vowels: nothing to misread, no words. 27^8 is 2.8 * 10^11. */
const letters = "23456789BCDFGHJKMNPQRSTVWXZ";
const codeLength = 8;

/** A new code as it is shown, in two groups: "7KQM-2XWP". */
export function createLinkCode(): string {
  const code = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The code in a typed message, without its hyphen; null when the message is something else. */
export function readLinkCode(text: string): string | null {
  const [, first, second] = /^\s*(?:link\s+)?([a-z0-9]{4})[-\s]?([a-z0-9]{4})\s*$/iu.exec(text) ?? [];
  if (!first || !second) return null;
  const code = (first + second).toUpperCase();
  return [...code].every((letter) => letters.includes(letter)) ? code : null;
}

/** What is kept of a code: whoever reads the database cannot type it. */
export function hashLinkCode(code: string): string {
  return createHash("sha256")
    .update(`chat-link:${code.replace("-", "")}`)
    .digest("hex");
}
