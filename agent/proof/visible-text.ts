/** Model text without its markup: what a reader would see, with one private character for each reference. */
export interface VisibleText {
  text: string;
  /** By the private character that stands in `text`: what was between the double braces. */
  references: Map<string, string>;
  /** Spans shown as code: [start, end) in `text`. */
  code: [start: number, end: number][];
}

// Invisible and reordering characters, and the private ones that mark references: a number must not hide in them.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const FIRST_PRIVATE = 0xe000;
const LAST_PRIVATE = 0xf8ff;

/**
 * Takes one sentence of markdown apart. Links become their words and host, images their description:
 * nothing a model writes can load, run or pose as one of our links.
 */
export function readVisibleText(sentence: string): VisibleText {
  const source = sentence.replace(invisible, "");
  const visible: VisibleText = { text: "", references: new Map(), code: [] };
  for (let at = 0; at < source.length; ) at += readPart(source, at, visible);
  return visible;
}

function readPart(source: string, at: number, visible: VisibleText): number {
  const rest = source.slice(at);
  const reference = /^\{\{([^{}]{0,2000})\}\}/.exec(rest);
  if (reference && visible.references.size < LAST_PRIVATE - FIRST_PRIVATE) {
    const mark = String.fromCharCode(FIRST_PRIVATE + visible.references.size);
    visible.references.set(mark, reference[1] ?? "");
    visible.text += mark;
    return reference[0].length;
  }
  const escaped = /^\\([!-/:-@[-`{-~])/.exec(rest);
  if (escaped) {
    visible.text += escaped[1];
    return 2;
  }
  const entity = /^&#(?:x([\da-f]{1,6})|(\d{1,7}));/i.exec(rest);
  const named = entity ? characterOf(entity[1] ? Number.parseInt(entity[1], 16) : Number(entity[2])) : "";
  if (entity && named) {
    visible.text += named;
    return entity[0].length;
  }
  const code = /^`([^`\n]+)`(?!`)/.exec(rest);
  if (code && source[at - 1] !== "`") {
    visible.code.push([visible.text.length, visible.text.length + code[1]!.length]);
    visible.text += code[1];
    return code[0].length;
  }
  const link = /^(!?)\[((?:\\.|[^[\]\\\n])*)\]\(\s*<?([^\s()<>]*)>?(?:\s+["'(][^\n]*?["')])?\s*\)/.exec(rest);
  if (link) {
    const words = link[2]!.replace(/\\([!-/:-@[-`{-~])/g, "$1").replace(/[{}]/g, "");
    const host = link[1] ? "" : hostOf(link[3]!);
    visible.text += host && host !== words ? `${words} (${host})` : words;
    return link[0].length;
  }
  // A bare address would be made clickable by the reader's markdown: it stays text, host first.
  const scheme = /^(?:https?:\/\/(?:www\.)?|www\.)(?=\S)/i.exec(rest);
  if (scheme && !/[\p{L}\p{N}]/u.test(source[at - 1] ?? "")) return scheme[0].length;
  const character = String.fromCodePoint(rest.codePointAt(0)!);
  visible.text += character;
  return character.length;
}

/** What a numeric entity shows, when it can be part of a number; else "": it stays as written. */
function characterOf(codePoint: number): string {
  if (codePoint > 0x10ffff) return "";
  const character = String.fromCodePoint(codePoint);
  return /^[\p{L}\p{N}\p{Sc}.,%]$/u.test(character) ? character : "";
}

function hostOf(address: string): string {
  return /^(?:https?:)?\/\/(?:[^/@]*@)?([^/:?#\s]+)/i.exec(address)?.[1] ?? "";
}
