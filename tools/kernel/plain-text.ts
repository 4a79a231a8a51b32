import { stripVTControlCharacters } from "node:util";

// C0 and C1 controls except tab and newline, invisible and bidirectional controls, byte-order mark: text from a
// cloud or a model must not move the cursor, recolour the screen or reorder what a person reads.
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Untrusted text made safe to print: no escape sequences, no control or bidirectional characters. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(unsafe, "");
}

/** Untrusted text as one line, for names in tables and error sentences. */
export function singleLine(text: string): string {
  return plainText(text.replace(/[\r\n\t\u2028\u2029]+/gu, " ")).trim();
}

/** JSON with the same value whose control and bidirectional characters are escaped, so a terminal stays safe. */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
