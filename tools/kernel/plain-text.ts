import { stripVTControlCharacters } from "node:util";
import { oneLine, steering } from "./unsafe-characters.ts";

const softHyphen = /\u00ad/gu;

/** Untrusted text made safe to print: no escape sequences, no control or bidirectional characters. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(steering, "").replace(softHyphen, "");
}

/** Untrusted text as one line, for names in tables and error sentences. */
export function singleLine(text: string): string {
  return plainText(oneLine(stripVTControlCharacters(text)));
}
