import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { AllocationRule } from "./allocation-rules.ts";
import { splitAmount } from "./split-amount.ts";

/** A cost of one currency by the rule that takes it (null: none) and the team of its tag ("": none). */
export interface RuledCost {
  currency: string;
  rule: number | null;
  team: string;
  amount: string;
}

export interface TeamCost {
  currency: string;
  team: string;
  /** By its tag, or mapped to it whole. */
  direct: ExactDecimal;
  /** Its part of what is split. */
  allocated: ExactDecimal;
}

export interface Allocation {
  teams: TeamCost[];
  /** Per currency: neither tagged nor taken by a rule, or not to be split. */
  unallocated: Map<string, ExactDecimal>;
  /** What each rule took, per currency. */
  taken: { rule: AllocationRule; currency: string; amount: ExactDecimal; isSplit: boolean }[];
}

/**
 * Gives every cost to teams or leaves it unallocated; teams and unallocated add up to the total, exactly. Direct
 * cost is what a tag or a rule with one team says; split cost follows, so that no split depends on another.
 */
export function allocate(costs: readonly RuledCost[], rules: readonly AllocationRule[]): Allocation {
  const teams = new Map<string, TeamCost>();
  const unallocated = new Map<string, ExactDecimal>();
  const splits = new Map<string, { rule: AllocationRule; currency: string; amount: ExactDecimal }>();
  const teamOf = (currency: string, team: string) => {
    const id = JSON.stringify([currency, team]);
    const known = teams.get(id) ?? { currency, team, direct: decimal(0), allocated: decimal(0) };
    teams.set(id, known);
    return known;
  };
  const leave = (currency: string, amount: ExactDecimal) =>
    unallocated.set(currency, (unallocated.get(currency) ?? decimal(0)).plus(amount));

  for (const { currency, rule: index, team, amount } of costs) {
    const rule = index === null ? undefined : rules[index];
    if (rule) {
      const id = JSON.stringify([index, currency]);
      const known = splits.get(id) ?? { rule, currency, amount: decimal(0) };
      known.amount = known.amount.plus(amount);
      splits.set(id, known);
      continue;
    }
    if (team === "") leave(currency, decimal(amount));
    else {
      const known = teamOf(currency, team);
      known.direct = known.direct.plus(amount);
    }
  }
  const taken: Allocation["taken"] = [];
  const isWhole = ({ rule }: { rule: AllocationRule }) => rule.split === "fixed" && rule.shares.length === 1;
  for (const split of [...splits.values()].filter(isWhole)) {
    const known = teamOf(split.currency, split.rule.shares[0]!.team);
    known.direct = known.direct.plus(split.amount);
    taken.push({ ...split, isSplit: true });
  }
  const direct = [...teams.values()].map(({ currency, team, direct }) => ({ currency, team, direct }));
  for (const split of [...splits.values()].filter((one) => !isWhole(one))) {
    const parts = splitAmount(split.amount, weightsOf(split.rule, split.currency, direct));
    taken.push({ ...split, isSplit: parts !== null });
    if (!parts) leave(split.currency, split.amount);
    for (const [team, part] of parts ?? []) {
      const known = teamOf(split.currency, team);
      known.allocated = known.allocated.plus(part);
    }
  }
  return { teams: [...teams.values()], unallocated, taken };
}

/** A team whose credits exceed its cost takes no part of what is shared. */
function weightsOf(
  rule: AllocationRule,
  currency: string,
  direct: readonly { currency: string; team: string; direct: ExactDecimal }[],
) {
  if (rule.split === "fixed") {
    return rule.shares.map(({ team, percent }) => ({ team, weight: decimal(percent) }));
  }
  const chosen = new Set(rule.teams.map((team) => team.toLowerCase()));
  return direct
    .filter((cost) => cost.currency === currency && cost.direct.greaterThan(0))
    .filter(({ team }) => chosen.size === 0 || chosen.has(team.toLowerCase()))
    .map((cost) => ({ team: cost.team, weight: cost.direct }));
}
