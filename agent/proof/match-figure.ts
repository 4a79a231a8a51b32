import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { NumberClaim } from "./find-numbers.ts";
import { type Days, type KnownFigure, plainLabel, type TurnFacts, totalWords } from "./turn-facts.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
// A number, then a short link, then what it is the number of: "$5 for EC2", "12 % from storage".
const linkAfter =
  /^\)?,?\s(?:(?:was|were|is|are|went|came|spent)\s)?(?:for|on|from|in|by|to|at|of)\s(?:the\s)?/i;

/**
 * The figure that a bare number means, or undefined. Value (to the digits shown), unit and the row's label in the
 * same sentence must agree; a figure outside rows needs its own name ("total"). In doubt it is undefined.
 */
export function matchFigure(claim: NumberClaim, text: string, facts: TurnFacts): KnownFigure | undefined {
  const said = subjectOf(claim, text, facts);
  const candidates = facts.figures.filter(
    (figure) =>
      unitFits(claim, figure, text) &&
      valueFits(claim, figure) &&
      periodFits(figure.period, text) &&
      subjectFits(figure, said, text),
  );
  const first = candidates[0];
  // Two different amounts that both fit would make the proof a guess.
  return candidates.every((other) => other.value.equals(first!.value)) ? first : undefined;
}

function unitFits(claim: NumberClaim, figure: KnownFigure, text: string): boolean {
  if (claim.unit !== null) return claim.unit === figure.unit;
  if (figure.unit === "count") return /^[\s-]\(?\*{0,2}\p{L}/u.test(text.slice(claim.end));
  const after = new RegExp(`^[\\s-]${figure.unit.replace(/s$/, "").replace(/[^a-z]/gi, ".")}s?\\b`, "i");
  return !/^[A-Z]{3}$|^percent$/.test(figure.unit) && after.test(text.slice(claim.end));
}

function valueFits(claim: NumberClaim, figure: KnownFigure): boolean {
  return claim.values.some((value, index) => {
    const stated = decimal(value);
    const tolerance = decimal(claim.tolerances[index] ?? "0");
    // A rounded statement must still say something about the size: "$0" of "$0.4" does not.
    if (stated.isZero() !== figure.value.isZero()) return false;
    return stated
      .minus(figure.value)
      .abs()
      .lte(figure.unit === "count" && Number(tolerance) < 1 ? 0 : tolerance);
  });
}

/** The row label that the number is said of: after it ("$5 for EC2"), else the nearest before it, else none. */
function subjectOf(claim: NumberClaim, text: string, facts: TurnFacts): string | null {
  const lower = text.toLowerCase();
  const after = lower.slice(claim.end);
  const link = linkAfter.exec(after)?.[0];
  let nearest: { label: string; end: number } | null = null;
  let following: string | null = null;
  for (const label of facts.rowLabels.keys()) {
    if (label.length < 2) continue;
    if (link && startsWithWord(after.slice(link.length).replace(/^[`*"']+/, ""), label)) {
      if (!following || label.length > following.length) following = label;
    }
    for (let at = lower.indexOf(label); at >= 0 && at < claim.start; at = lower.indexOf(label, at + 1)) {
      const end = at + label.length;
      if (!isWord(lower, at, end)) continue;
      if (!nearest || end > nearest.end || (end === nearest.end && label.length > nearest.label.length)) {
        nearest = { label, end };
      }
    }
  }
  return following ?? nearest?.label ?? null;
}

function subjectFits(figure: KnownFigure, said: string | null, text: string): boolean {
  if (figure.labels.length > 0) {
    return said !== null && figure.labels.some((label) => plainLabel(label) === said);
  }
  if (figure.unit === "count" || figure.unit === "days") {
    const words = figure.path.filter((word) => !["count", "total", "days"].includes(word));
    return words.length === 0
      ? totalWords.test(text)
      : words.some((word) => new RegExp(`\\b${escapeWord(word.replace(/s$/, ""))}`, "i").test(text));
  }
  if (said !== null) return false;
  return figure.path.includes("total") && totalWords.test(text);
}

/** A sentence that names a month can only mean a figure of a period that touches it. */
function periodFits(period: Days | null, text: string): boolean {
  if (!period) return true;
  const named = [
    ...text.matchAll(
      /(?<![a-z])(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?(?:\s(\d{4}))?/gi,
    ),
  ];
  if (named.length === 0) return true;
  const last = Temporal.PlainDate.from(period.end).subtract({ days: 1 }).toString();
  return named.some(([, word, year]) => {
    const month = String(months.indexOf(word!.slice(0, 3).toLowerCase()) + 1).padStart(2, "0");
    if (year) return `${year}-${month}` >= period.start.slice(0, 7) && `${year}-${month}` <= last.slice(0, 7);
    for (
      let at = Temporal.PlainDate.from(period.start).with({ day: 1 });
      at.toString() <= last;
      at = at.add({ months: 1 })
    ) {
      if (at.toString().slice(5, 7) === month) return true;
    }
    return false;
  });
}

function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && isWord(text, 0, word.length);
}

function isWord(text: string, start: number, end: number): boolean {
  return !/[\p{L}\p{N}_-]/u.test(text[start - 1] ?? "") && !/[\p{L}\p{N}_]/u.test(text[end] ?? "");
}

function escapeWord(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
