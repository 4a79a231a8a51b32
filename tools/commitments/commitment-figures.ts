import type { CommitmentPayment, CommitmentUse } from "@cloudoptima/db/queries/commitments.ts";
import type { Period } from "../costs/cost-shapes.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { DerivedList } from "./derive-list-cost.ts";
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
  /** Where list costs come from; null: they are known of too little to tell a rate. */
  listFrom: "delivered" | "derived" | null;
  /** Share of the eligible effective cost whose list cost is known. */
  listKnown: ExactDecimal | null;
  /** What eligible usage (with derived list costs: that part of it) and unused commitments cost. */
  actual: ExactDecimal;
  /** What the same usage costs at list price; null: not known. */
  onDemandEquivalent: ExactDecimal | null;
  savings: ExactDecimal | null;
  /** Savings / on-demand equivalent (FinOps Foundation, "Effective Savings Rate"); below 0 where too much is unused. */
  effectiveSavingsRate: ExactDecimal | null;
}

/** Charges without a list cost that may be left out of account: their own cost stands in. */
const negligibleShare = 0.01;
/** With derived list costs a rate is told if they are known of this much of what commitments pay, or it says little. */
const neededOfPaid = 0.8;
/** And of this much of all eligible usage. */
const neededOfEligible = 0.25;
const nothing = decimal(0);

/** Coverage, utilization and effective savings rate of each currency. */
export function commitmentFigures(
  uses: readonly CommitmentUse[],
  derived: readonly DerivedList[] = [],
): CommitmentFigures[] {
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
    const known = knowsList
      ? { list, effective, share: decimal(1), isEnough: true }
      : withDerived(
          usage,
          derived.filter((one) => one.currency === currency),
          { effective, used, withoutList },
        );
    const tells = known.isEnough;
    const actual = (tells ? known.effective : effective).plus(unused);
    const savings = tells ? known.list.minus(actual) : null;
    return {
      currency,
      measuredAt: knowsList ? "list" : "effective",
      eligible,
      covered,
      coverage: shareOf(covered, eligible),
      used,
      unused,
      utilization: shareOf(used, used.plus(unused)),
      listFrom: knowsList ? "delivered" : tells ? "derived" : null,
      listKnown: known.share,
      actual,
      onDemandEquivalent: tells ? known.list : null,
      savings,
      effectiveSavingsRate: savings && known.list.greaterThan(0) ? savings.dividedBy(known.list) : null,
    };
  });
}

/** What is known at list price when what came without is derived where it can be; spot is left out as elsewhere. */
function withDerived(
  usage: readonly CommitmentUse[],
  derived: readonly DerivedList[],
  { effective, used, withoutList }: Record<"effective" | "used" | "withoutList", ExactDecimal>,
) {
  const of = (field: "effective" | "paid" | "list" | "spot") =>
    derived.reduce((total, one) => total.plus(one[field]), nothing);
  const knownEffective = effective.minus(withoutList).plus(of("effective"));
  const share = shareOf(knownEffective, effective.minus(of("spot")));
  // Of a service that came partly with list costs it is not told which part commitments pay: not counted.
  const delivered = usage.filter((use) => decimal(use.withoutList).isZero());
  const paid = sum(delivered, (use) => use.paid).plus(of("paid"));
  const isEnough =
    share?.greaterThanOrEqualTo(neededOfEligible) === true &&
    paid.greaterThanOrEqualTo(used.times(neededOfPaid));
  return { list: sum(usage, (use) => use.list).plus(of("list")), effective: knownEffective, share, isEnough };
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
