import type { CommitmentPayment, CommitmentUse } from "@cloudoptima/db/queries/commitments.ts";
import type { Period } from "../costs/cost-shapes.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { isEligibleService } from "./eligible-services.ts";
import { amortizedPayments } from "./monthly-payments.ts";

/** What one commitment did in a period; null where the bill does not tell. Costs are amortized. */
export interface CommitmentRow {
  id: string;
  kind: "reservation" | "savings plan" | "commitment";
  currency: string;
  used: ExactDecimal | null;
  unused: ExactDecimal;
  /** Used / (used + unused), 0 to 1. */
  utilization: ExactDecimal | null;
  /** The bill does not say what used it: its amortized payments less what is unused. */
  isFromPayments: boolean;
}

/** What commitments did in one currency. Shares are 0 to 1. */
export interface CommitmentFigures {
  currency: string;
  /** Cost that `coverage` is a share of, and what of it commitments pay. */
  measuredAt: "list" | "effective";
  eligible: ExactDecimal;
  covered: ExactDecimal;
  coverage: ExactDecimal | null;
  /** Effective cost that commitments pay. */
  used: ExactDecimal;
  unused: ExactDecimal;
  utilization: ExactDecimal | null;
  /** What eligible usage and unused commitments cost. */
  actual: ExactDecimal;
  /** What the same usage costs at list price; null: not delivered with the costs. */
  onDemandEquivalent: ExactDecimal | null;
  savings: ExactDecimal | null;
  /** Savings / on-demand equivalent (FinOps Foundation, "Effective Savings Rate"); below 0 where too much is unused. */
  effectiveSavingsRate: ExactDecimal | null;
}

/** Charges without a list cost that may be left out of account: their own cost stands in. */
const negligibleShare = 0.01;
const nothing = decimal(0);

/** Coverage, utilization and effective savings rate of each currency. */
export function commitmentFigures(uses: readonly CommitmentUse[]): CommitmentFigures[] {
  const paidServices = new Set(
    uses
      .filter(({ paid }) => decimal(paid).isPositive() && !decimal(paid).isZero())
      .map(({ service }) => service),
  );
  const counted = uses.filter(
    ({ service, isUnused }) => isUnused || paidServices.has(service) || isEligibleService(service),
  );
  return [...Map.groupBy(counted, ({ currency }) => currency)].map(([currency, own]) => {
    const usage = own.filter(({ isUnused }) => !isUnused);
    const effective = sum(usage, ({ effective }) => effective);
    const withoutList = sum(usage, ({ withoutList }) => withoutList);
    const used = sum(usage, ({ paid }) => paid);
    const unused = sum(
      own.filter(({ isUnused }) => isUnused),
      ({ effective }) => effective,
    );
    const list = sum(usage, (use) => use.list).plus(withoutList);
    const knowsList = !list.isZero() && withoutList.lessThanOrEqualTo(effective.times(negligibleShare));
    const eligible = knowsList ? list : effective;
    const covered = knowsList ? sum(usage, ({ paidList }) => paidList) : used;
    const actual = effective.plus(unused);
    const savings = knowsList ? list.minus(actual) : null;
    return {
      currency,
      measuredAt: knowsList ? "list" : "effective",
      eligible,
      covered,
      coverage: shareOf(covered, eligible),
      used,
      unused,
      utilization: shareOf(used, used.plus(unused)),
      actual,
      onDemandEquivalent: knowsList ? list : null,
      savings,
      effectiveSavingsRate: savings && list.greaterThan(0) ? savings.dividedBy(list) : null,
    };
  });
}

/** What each commitment did, the one with most unused first. */
export function commitmentRows(
  uses: readonly CommitmentUse[],
  payments: readonly CommitmentPayment[],
  period: Period,
): CommitmentRow[] {
  const keyOf = (id: string, currency: string) => `${currency} ${id}`;
  const paidFor = Map.groupBy(payments, ({ commitmentId, currency }) => keyOf(commitmentId, currency));
  const own = Map.groupBy(
    uses.filter(({ commitmentId }) => commitmentId !== null),
    ({ commitmentId, currency }) => keyOf(commitmentId!, currency),
  );
  const rows = [...new Set([...paidFor.keys(), ...own.keys()])].flatMap((key): CommitmentRow[] => {
    const charges = own.get(key) ?? [];
    const paid = paidFor.get(key) ?? [];
    const named = charges.filter(({ isUnused }) => !isUnused);
    const unused = sum(
      charges.filter(({ isUnused }) => isUnused),
      ({ effective }) => effective,
    );
    const whole = named.length === 0 ? amortizedPayments(paid, period) : null;
    // One that ended before the period, and whose payments are still in sight, did nothing in it.
    if (charges.length === 0 && !whole) return [];
    const left = whole?.minus(unused);
    const used =
      named.length > 0
        ? sum(named, ({ effective }) => effective)
        : left?.isNegative()
          ? null
          : (left ?? null);
    const id = charges[0]?.commitmentId ?? paid[0]!.commitmentId;
    return [
      {
        id,
        kind: kindOf(charges[0]?.commitmentType ?? null, id),
        currency: charges[0]?.currency ?? paid[0]!.currency,
        used,
        unused,
        utilization: used && shareOf(used, used.plus(unused)),
        isFromPayments: named.length === 0 && used !== null,
      },
    ];
  });
  return rows.sort((a, b) => b.unused.comparedTo(a.unused) || (a.id < b.id ? -1 : 1));
}

function kindOf(type: string | null, id: string): CommitmentRow["kind"] {
  const told = `${type ?? ""} ${id}`;
  if (/savings? ?plan/i.test(told)) return "savings plan";
  return /reserv/i.test(told) ? "reservation" : "commitment";
}

/** Null where the data contradicts itself: corrections can outweigh what they correct. */
function shareOf(part: ExactDecimal, whole: ExactDecimal): ExactDecimal | null {
  if (!whole.greaterThan(0) || part.isNegative() || part.greaterThan(whole)) return null;
  return part.dividedBy(whole);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => string): ExactDecimal {
  return items.reduce((total, item) => total.plus(of(item)), nothing);
}
