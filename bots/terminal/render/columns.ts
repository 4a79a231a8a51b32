import { stripVTControlCharacters } from "node:util";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
// Scripts whose characters take two cells of a terminal.
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;

/** Cells of a terminal that the text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) {
    width += wide.test(segment) ? 2 : 1;
  }
  return width;
}

/** Text of at most `width` cells, the cut shown by "…". */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = used + (wide.test(segment) ? 2 : 1);
    if (next > width - 1) break;
    kept += segment;
    used = next;
  }
  return `${kept}…`;
}

export function pad(text: string, width: number, align: "left" | "right"): string {
  const gap = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + gap : gap + text;
}

export interface TextColumn {
  label: string;
  align: "left" | "right";
}

/** An aligned table as lines; the left-aligned columns give way when the line is too narrow. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly string[][],
  width: number,
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.label), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  const gaps = 2 * (columns.length - 1);
  for (;;) {
    const total = widths.reduce((sum, each) => sum + each, gaps);
    if (total <= width) break;
    const widest = widths.reduce(
      (best, each, index) =>
        columns[index]?.align === "left" && (best < 0 || each > (widths[best] ?? 0)) ? index : best,
      -1,
    );
    const current = widths[widest] ?? 0;
    // Never below what still tells names apart; the terminal wraps instead.
    if (widest < 0 || current <= 12) break;
    widths[widest] = Math.max(12, current - (total - width));
  }
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) =>
        pad(truncate(cells[index] ?? "", widths[index] ?? 0), widths[index] ?? 0, column.align),
      )
      .join("  ")
      .trimEnd();
  return [line(columns.map((column) => column.label)), ...rows.map(line)];
}
