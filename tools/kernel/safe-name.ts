import { singleLine } from "./plain-text.ts";
import { unseen } from "./unsafe-characters.ts";

const longestName = 160;

/**
 * A name from a cloud, a chat or a model, for a message that people decide on: one line, no control, bidirectional
 * or invisible characters, no address that a chat would turn into a link, of bounded length.
 */
export function safeName(text: string, longest = longestName): string {
  const line = withoutLinks(singleLine(text).replace(unseen, ""));
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join("")}…`;
}

/** Addresses stay readable and are no links any more: "https[:]//evil.example". */
export function withoutLinks(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]{1,15}):\/\//giu, "$1[:]//")
    .replace(/\b(mailto|tel|javascript|data):/giu, "$1[:]")
    .replace(/\bwww\./giu, "www[.]");
}
