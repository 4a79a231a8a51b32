import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { TeamCost } from "./allocate.ts";

/** The dearest teams per currency, and what the others come to. */
export function topTeams(
  teams: readonly TeamCost[],
  limit: number,
): { shown: TeamCost[]; others: { currency: string; amount: ExactDecimal }[] } {
  const cost = ({ direct, allocated }: TeamCost) => direct.plus(allocated);
  const byCurrency = Map.groupBy(teams, ({ currency }) => currency);
  const currencies = [...byCurrency.keys()].sort();
  const ordered = (currency: string) =>
    byCurrency
      .get(currency)!
      .toSorted((one, other) => cost(other).comparedTo(cost(one)) || (one.team < other.team ? -1 : 1));
  return {
    shown: currencies.flatMap((currency) => ordered(currency).slice(0, limit)),
    others: currencies.flatMap((currency) => {
      const rest = ordered(currency).slice(limit);
      const amount = rest.reduce((sum, team) => sum.plus(cost(team)), decimal(0));
      return rest.length > 0 ? [{ currency, amount }] : [];
    }),
  };
}
