import type { RetailPrice } from "../clouds/cloud.ts";
import { decimal } from "../kernel/money.ts";

/**
 * The one price among lines that are meant to be of the same thing: of what is in force the newest, of the meters
 * the one that is billed, of a graduated price the first step. Lines that still differ in price are null: which of
 * them is meant nobody can tell, and a wrong price is worse than none.
 */
export function pickPrice(lines: Iterable<RetailPrice>, now: Temporal.Instant): RetailPrice | null {
  let left = [...lines].filter(
    ({ meter, effectiveFrom }) =>
      !/- Free$/i.test(meter) && Date.parse(effectiveFrom) <= now.epochMilliseconds,
  );
  if (left.some(({ primary }) => primary)) left = left.filter(({ primary }) => primary);
  const firstStep = Math.min(...left.map(({ fromUnits }) => fromUnits));
  left = left.filter(({ fromUnits }) => fromUnits === firstStep);
  const newest = Math.max(...left.map(({ effectiveFrom }) => Date.parse(effectiveFrom)));
  left = left.filter(({ effectiveFrom }) => Date.parse(effectiveFrom) === newest);
  const [first, ...others] = left;
  if (!first || others.some(({ price }) => !decimal(price).equals(first.price))) return null;
  return first;
}
