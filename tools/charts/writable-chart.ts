import { fitLabel } from "./chart-text.ts";
import { writable } from "./shipped-fonts.ts";
import { changeTexts, escapeXml } from "./svg-texts.ts";

/** What every place of a name has room for. */
const roomFor = 24;

/**
 * A chart's SVG in which letters that no shipped typeface has are told by their code points. These are wider than the
 * letters: a name that grows out of its place is cut, for it would leave the picture at the side where it begins.
 */
export function writableChart(svg: string): string {
  return changeTexts(svg, (open, words, close) => {
    const written = writable(words);
    const fitting = written === words ? words : fitLabel(written, Math.max(words.length, roomFor));
    return `${open}${escapeXml(fitting)}${close}`;
  });
}
