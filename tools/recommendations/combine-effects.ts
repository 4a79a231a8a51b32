import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { Effect } from "./finding.ts";

/**
 * What changes save together on one resource in a month: on each component shares multiply and fixed amounts come
 * off what is left, never more than the component costs. Where two recommendations saw different costs (their days
 * differ), the larger is the component's.
 */
export function savedOnResource(effects: readonly Effect[]): ExactDecimal {
  let saved = decimal(0);
  for (const parts of Map.groupBy(effects, ({ component }) => component).values()) {
    const cost = parts
      .map(({ monthlyCost }) => decimal(monthlyCost))
      .reduce((a, b) => (a.lessThan(b) ? b : a));
    let left = cost;
    for (const { change } of parts) if (change.kind === "share") left = left.times(change.remaining);
    for (const { change } of parts) if (change.kind === "amount") left = left.minus(change.monthlySavings);
    saved = saved.plus(cost).minus(left.isNegative() ? 0 : left);
  }
  return saved;
}
