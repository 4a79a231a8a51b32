import { findPeriods } from "@cloudoptima/tools/costs/period-words.ts";

const correction =
  /(?:\.\.\.|…|[,;.!?–—-]|\s)\s*(?:no[, ]+)?(?:i mean(?:t)?|sorry|actually|scratch that|make that|correction|wait)\b[,:]?\s*/gi;
const complete =
  /\b(?:what|how|show|list|which|why|when|where|who|give|compare|tell|cost|costs|spend|spent|bill)\b/i;

/** "last september... i mean sept 2024": what comes after a correction replaces what it corrects. */
export function applyCorrection(text: string, today: Temporal.PlainDate): string {
  const last = [...text.matchAll(correction)].findLast((match) => match.index > 0);
  if (!last) return text;
  const before = text.slice(0, last.index);
  const after = text.slice(last.index + last[0].length);
  if (after.trim() === "") return text;
  if (complete.test(after)) return after;
  if (findPeriods(after, today).periods.length === 0) return text;
  let kept = before;
  for (const { range } of findPeriods(before, today).periods) {
    kept = kept.slice(0, range[0]) + " ".repeat(range[1] - range[0]) + kept.slice(range[1]);
  }
  return `${kept} ${after}`.replace(/\s+/g, " ");
}
