import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";

const require = createRequire(import.meta.url);
const geist = join(dirname(require.resolve("geist/font/sans")), "fonts", "geist-sans");
const dejavu = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");

/**
 * What reports and pictures of charts are written in, for a server has no fonts and other machines have other ones: the
 * web's own typeface, and one with more scripts for what it lacks (Greek, Hebrew, Arabic, Armenian, symbols). None for
 * Chinese, Japanese and Korean: Noto Sans is 57 MB to download for Chinese alone (@expo-google-fonts/noto-sans-sc).
 */
export const shippedFonts = {
  Geist: { normal: join(geist, "Geist-Regular.ttf"), bold: join(geist, "Geist-SemiBold.ttf") },
  DejaVu: { normal: join(dejavu, "DejaVuSans.ttf"), bold: join(dejavu, "DejaVuSans-Bold.ttf") },
};
export type ShippedFont = keyof typeof shippedFonts;

const opened = new Map<string, Font>();

function open(file: string): Font {
  const font = opened.get(file) ?? (openSync(file) as Font);
  opened.set(file, font);
  return font;
}

export interface Run {
  text: string;
  font: ShippedFont;
}

/** Spaces, digits and marks do not end a run of another script: its words must stay in their own order. */
const neutral = /^[\s\d\p{P}\p{M}]$/u;

/** Text cut where the typeface changes; what neither has is written as its code points (`writable`). */
export function toRuns(text: string): Run[] {
  const runs: Run[] = [];
  for (const character of writable(text)) {
    const font = fontOf(character, runs.at(-1)?.font ?? "Geist");
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ text: character, font });
  }
  return runs;
}

function fontOf(character: string, before: ShippedFont): ShippedFont {
  if (neutral.test(character) && has(before, character)) return before;
  return has("Geist", character) ? "Geist" : "DejaVu";
}

function has(name: ShippedFont, character: string): boolean {
  const code = character.codePointAt(0)!;
  const { normal, bold } = shippedFonts[name];
  return [normal, bold].every((file) => open(file).hasGlyphForCodePoint(code));
}

/** The start of what stands for characters that cannot be drawn; a report that has some explains it. */
const codePointMark = "[U+";

/**
 * The text with each stretch that neither typeface has as its code points, [U+4E2D 6587]: an empty box could stand for
 * anything, and two names of boxes for each other.
 */
export function writable(text: string): string {
  let written = "";
  let codes: string[] = [];
  const end = () => {
    if (codes.length > 0) written += `${codePointMark}${codes.join(" ")}]`;
    codes = [];
  };
  for (const character of text) {
    if (has("Geist", character) || has("DejaVu", character)) {
      end();
      written += character;
    } else codes.push(character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0"));
  }
  end();
  return written;
}

/** How wide a run is in the regular weight, in units of the type size. */
export function widthOf({ text, font }: Run): number {
  const opened = open(shippedFonts[font].normal);
  return opened.layout(text).advanceWidth / opened.unitsPerEm;
}
