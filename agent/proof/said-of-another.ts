import type { FigureSource, Formula } from "../answer.ts";
import type { TurnCall } from "../turn-ledger.ts";
import { locate } from "./pointer.ts";
import { isMoneyUnit } from "./quantity.ts";
import { labelsOf, plainLabel, type TurnFacts, totalWords } from "./turn-facts.ts";

/** A reference of a sentence, worked out. */
export interface SaidReference {
  unit: string;
  sources: readonly FigureSource[];
  formula?: Formula;
}

/**
 * Whether the sentence says a figure of another row: it names a row that the figure is not of, and does not name
 * the figure's own. A name that the call was filtered by, or that another reference of the sentence is of, is no
 * other row. `all`: every reference of the sentence.
 */
export function isSaidOfAnother(
  reference: SaidReference,
  all: readonly SaidReference[],
  text: string,
  facts: TurnFacts,
  calls: readonly TurnCall[],
): boolean {
  // How many rows there are is said of none of them.
  if (reference.formula === "count") return false;
  const own = rowLabels(reference, calls);
  const isWhole = own.size === 0;
  if (isWhole && (totalWords.test(text) || !(isMoneyUnit(reference.unit) || reference.unit === "percent")))
    return false;
  const found = findLabels(text, facts);
  if (found.some(({ label }) => own.has(label))) return false;
  const asked = reference.sources
    .map(({ call }) => JSON.stringify(calls[call]?.input ?? null).toLowerCase())
    .join("\n");
  const accounted = new Set(isWhole ? all.flatMap((other) => [...rowLabels(other, calls)]) : []);
  return found.some(
    ({ label, isClear }) =>
      isClear &&
      !accounted.has(label) &&
      facts.rows
        .filter((row) => row.includes(label))
        .every((row) => row.every((name) => !asked.includes(JSON.stringify(name)))),
  );
}

/** The labels of the rows that a reference's fields lie in, of the rows around those and of what a row is about. */
export function rowLabels({ sources }: SaidReference, calls: readonly TurnCall[]): Set<string> {
  return new Set(
    sources.flatMap(({ call, pointer }) =>
      (locate(calls[call]?.output, pointer)?.ancestors ?? []).flatMap((node, depth) => {
        // A row's resource or region names the row too; what stands beside a total doesn't name the total.
        const about = depth > 0 && !Array.isArray(node) ? Object.values(node as object) : [];
        return [node, ...about].flatMap((part) => labelsOf(part).map(plainLabel));
      }),
    ),
  );
}

/** Row labels in the text, the longest first so that "Storage" is not read in "Storage Accounts". */
export function findLabels(
  text: string,
  facts: TurnFacts,
): { label: string; isClear: boolean; start: number; end: number }[] {
  let rest = text.toLowerCase();
  const found: { label: string; isClear: boolean; start: number; end: number }[] = [];
  const labels = [...facts.rowLabels.entries()]
    .filter(([label]) => label.length >= 2 && rest.includes(label))
    .sort(([a], [b]) => b.length - a.length);
  for (const [label, written] of labels) {
    for (let at = rest.indexOf(label); at >= 0; at = rest.indexOf(label, at + 1)) {
      const end = at + label.length;
      if (/[\p{L}\p{N}_-]/u.test(rest[at - 1] ?? "") || /[\p{L}\p{N}_]/u.test(rest[end] ?? "")) continue;
      found.push({ label, isClear: isClearlyNamed(text, at, end, written), start: at, end });
      rest = `${rest.slice(0, at)}${" ".repeat(label.length)}${rest.slice(end)}`;
    }
  }
  return found;
}

/** A name of one everyday word ("data", "Usage") is meant only as it is written or where a name would stand. */
function isClearlyNamed(text: string, start: number, end: number, written: string): boolean {
  if (!/^\p{L}+$/u.test(written)) return true;
  if (/\p{Lu}/u.test(written) && text.slice(start, end) === written) return true;
  return (
    /^[*_`"']*(?::|\s(?:costs?|spent|spends?|team|was|were|is|are|had|has|grew|rose|fell|saved|made)\b)/i.test(
      text.slice(end),
    ) || /\b(?:for|on|of|by|from|team)\s[*_`"']*$/i.test(text.slice(0, start))
  );
}
