import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";

const require = createRequire(import.meta.url);
const geist = join(dirname(require.resolve("geist/font/sans")), "fonts", "geist-sans");
const dejavu = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");

/** The web's own typeface, and one with more scripts for what it lacks: Greek, Hebrew, Arabic, Armenian, symbols. */
export const printFonts = {
  Geist: { normal: join(geist, "Geist-Regular.ttf"), bold: join(geist, "Geist-SemiBold.ttf") },
  DejaVu: { normal: join(dejavu, "DejaVuSans.ttf"), bold: join(dejavu, "DejaVuSans-Bold.ttf") },
};
export type PrintFont = keyof typeof printFonts;

const opened = new Map<PrintFont, Font>();

function fontOf(name: PrintFont): Font {
  const font = opened.get(name) ?? (openSync(printFonts[name].normal) as Font);
  opened.set(name, font);
  return font;
}

export interface Run {
  text: string;
  font: PrintFont;
}

/** Spaces, digits and marks do not end a run of another script: its words must stay in their own order. */
const neutral = /^[\s\d\p{P}\p{M}]$/u;

/**
 * Text cut where the typeface changes. A character that neither typeface has is written as its code point, U+1F9A9:
 * an empty box could stand for anything.
 */
export function toRuns(text: string): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const { text: drawn, font } = drawable(character, runs.at(-1)?.font ?? "Geist");
    const last = runs.at(-1);
    if (last?.font === font) last.text += drawn;
    else runs.push({ text: drawn, font });
  }
  return runs;
}

function drawable(character: string, before: PrintFont): Run {
  const code = character.codePointAt(0)!;
  const has = (font: PrintFont) => fontOf(font).hasGlyphForCodePoint(code);
  if (neutral.test(character) && has(before)) return { text: character, font: before };
  if (has("Geist")) return { text: character, font: "Geist" };
  if (has("DejaVu")) return { text: character, font: "DejaVu" };
  return { text: `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`, font: "Geist" };
}
