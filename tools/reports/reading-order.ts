import { createRequire } from "node:module";
import { type Run, toRuns, writable } from "../charts/shipped-fonts.ts";

// Its types say "default export"; what it exports is the function itself.
const createBidi = createRequire(import.meta.url)("bidi-js") as typeof import("bidi-js").default;
const bidi = createBidi();

/** Hebrew, Arabic and the other scripts that are read from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const unbreakable = "\u00a0";

/**
 * Text as runs in the order that they stand on paper. Whoever lays out the page sets words one after another from left
 * to right, so what is read the other way is put in that order here (UAX #9), and kept on one line: broken, its end
 * would stand above its beginning. What is longer than `longestLine` characters gets lines of its own.
 */
export function inReadingOrder(text: string, longestLine: number): Run[] {
  if (!rightToLeft.test(text)) return toRuns(text);
  const drawn = writable(text);
  const found = bidi.getEmbeddingLevels(drawn);
  return spansOf(found.levels).flatMap(({ start, end }) => {
    if (found.levels[start] === 0) return toRuns(drawn.slice(start, end));
    return linesOf(drawn, start, end, longestLine).flatMap((line, index) => {
      const runs = visualRuns(drawn, found, line.start, line.end);
      // A break before each but the first: they are read one below the other.
      return index === 0 ? runs : [{ text: "\n", font: "Geist" as const }, ...runs];
    });
  });
}

interface Span {
  start: number;
  /** The place after the last. */
  end: number;
}

/** Stretches that are wholly from left to right (level 0), or have something of the other direction. */
function spansOf(levels: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < levels.length; index++) {
    const last = spans.at(-1);
    if (last && levels[index]! > 0 === levels[last.start]! > 0) last.end = index + 1;
    else spans.push({ start: index, end: index + 1 });
  }
  return spans;
}

/** A stretch in lines, cut at its last space before the limit, or at the limit where a word is longer. */
function linesOf(text: string, start: number, end: number, longest: number): Span[] {
  const lines: Span[] = [];
  for (let from = start; from < end; ) {
    const limit = from + longest;
    const space = text.lastIndexOf(" ", limit);
    const to = limit >= end ? end : space > from ? space + 1 : limit;
    // A space at a line's end would stand before its first word.
    lines.push({ start: from, end: to < end && text[to - 1] === " " ? to - 1 : to });
    from = to;
  }
  return lines;
}

/** One line in the order it stands on paper: each run's own letters stay as they are read, which its typeface turns. */
function visualRuns(
  text: string,
  found: ReturnType<typeof bidi.getEmbeddingLevels>,
  start: number,
  end: number,
): Run[] {
  const order = Array.from({ length: end - start }, (_, index) => start + index);
  for (const segment of bidi.getReorderSegments(text, found, start, end - 1)) {
    const [from = start, to = start] = segment;
    const turned = order.slice(from - start, to - start + 1).reverse();
    order.splice(from - start, turned.length, ...turned);
  }
  const mirrored = bidi.getMirroredCharactersMap(text, found.levels, start, end - 1);
  const groups: { level: number; places: number[] }[] = [];
  for (const place of order) {
    const level = found.levels[place]!;
    const last = groups.at(-1);
    // A space beside a run of its own: the layout cuts those at the ends of words.
    const isSpace = text[place] === " ";
    const before = last && text[last.places[0]!] === " ";
    if (last && last.level === level && isSpace === before) last.places.push(place);
    else groups.push({ level, places: [place] });
  }
  return groups.flatMap(({ level, places }) => {
    const isOther = level % 2 === 1;
    const asRead = isOther ? places.toReversed() : places;
    const own = asRead.map((place) => mirrored.get(place) ?? text[place]!).join("");
    // A typeface turns a run that has a letter of such a script; what has none is turned here.
    if (isOther && rightToLeft.test(own)) return [{ text: own, font: "DejaVu" as const }];
    return toRuns((isOther ? [...own].reverse().join("") : own).replaceAll(" ", unbreakable));
  });
}
