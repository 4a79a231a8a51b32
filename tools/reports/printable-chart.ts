import { type Run, widthOf } from "../charts/shipped-fonts.ts";
import { changeTexts, escapeXml } from "../charts/svg-texts.ts";
import { inReadingOrder } from "./reading-order.ts";

/** A chart's SVG whose names are in typefaces that have their characters, in the order that they stand on paper. */
export function printableChart(svg: string): string {
  return changeTexts(svg, (open, words, close) => {
    const runs = inReadingOrder(words, words.length);
    if (runs.length === 0) return `${open}${close}`;
    if (runs.every(({ font }) => font === "Geist")) {
      return `${open}${escapeXml(runs.map((run) => run.text).join(""))}${close}`;
    }
    return placed(open, runs)
      .map(({ tag, text }) => `${tag}${escapeXml(text)}${close}`)
      .join("");
  });
}

/** In SVG a text has one typeface: each run is a text of its own, moved by the widths of those beside it. */
function placed(open: string, runs: readonly Run[]): { tag: string; text: string }[] {
  const size = Number(/font(?:-size)?:[^;"]*?(\d+(?:\.\d+)?)px/.exec(open)?.[1] ?? 12);
  const anchor = /text-anchor[:=]"?(\w+)/.exec(open)?.[1] ?? "start";
  const widths = runs.map((run) => widthOf(run) * size);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let before = 0;
  return runs.map(({ text, font }, index) => {
    const after = whole - before - widths[index]!;
    const move = { start: before, end: -after, middle: (before - after) / 2 }[anchor] ?? before;
    before += widths[index]!;
    const own = open.replace(/(font(?:-family)?:[^;"]*)Geist/, `$1${font}`);
    return { tag: own.replace("<text", `<text xml:space="preserve" dx="${move.toFixed(2)}"`), text };
  });
}
