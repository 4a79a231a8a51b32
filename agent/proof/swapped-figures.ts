import type { TurnCall } from "../turn-ledger.ts";
import { findLabels, rowLabels, type SaidReference } from "./said-of-another.ts";
import type { TurnFacts } from "./turn-facts.ts";

/** A reference with where its mark stands in the sentence. */
export interface PlacedReference extends SaidReference {
  start: number;
}

const linkAfter =
  /^\)?,?\s(?:(?:was|were|is|are|went|came|spent)\s)?(?:(?:for|on|from|in|by|to|at|of)\s)?(?:the\s)?[(*_`"']*$/i;
const besideBefore =
  /^[*_`"']*(?:\s?[:(–—-]|\s(?:costs?|spent|spends?|is|was|with|at|had|has|made up|reached|came to)|['’]s)?[\s*_`"'(|]*$/i;

/**
 * References that changed places: each stands at the name of a row whose own figure stands at another row's name.
 * One alone out of place proves nothing ("$5 of it is Storage"); two that both are do.
 */
export function findSwapped(
  references: readonly PlacedReference[],
  text: string,
  facts: TurnFacts,
  calls: readonly TurnCall[],
): Set<PlacedReference> {
  const labels = findLabels(text, facts).filter(({ isClear }) => isClear);
  const placed = references
    .filter(({ formula }) => formula !== "count")
    .map((reference) => {
      const own = rowLabels(reference, calls);
      return {
        reference,
        own,
        beside: own.size === 0 ? undefined : nameBeside(reference.start, text, labels),
      };
    });
  const strays = placed.filter(({ own, beside }) => beside !== undefined && !own.has(beside));
  return new Set(
    strays
      .filter((stray) => strays.some((other) => other !== stray && other.own.has(stray.beside!)))
      .map(({ reference }) => reference),
  );
}

/** The row's name that a figure stands at: right before it, else right after it, else the nearest before. */
function nameBeside(
  at: number,
  text: string,
  labels: readonly { label: string; start: number; end: number }[],
): string | undefined {
  const before = labels.filter(({ end }) => end <= at).sort((a, b) => b.end - a.end)[0];
  if (before && besideBefore.test(text.slice(before.end, at))) return before.label;
  const after = labels.filter(({ start }) => start > at).sort((a, b) => a.start - b.start)[0];
  if (after && linkAfter.test(text.slice(at + 1, after.start))) return after.label;
  return before?.label;
}
