import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { fleetHours } from "../recommendations/fleet-hours.ts";
import type { Runner } from "../recommendations/reservation-runner.ts";
import { type SimulatedTerm, simulateTerm } from "./simulate-terms.ts";

/** What could be committed to for some machines. */
export interface CommitmentOffer {
  /** Flexibility group; null for a savings plan, which covers all. */
  group: string | null;
  region: string | null;
  currency: string;
  machineCount: number;
  resizedCount: number;
  /** Of a normalized unit; null for a savings plan. */
  onDemandPerUnitHour: ExactDecimal | null;
  terms: SimulatedTerm[];
  missing: string | null;
}

/** Reservations: one for each region and flexibility group, shared by the subscriptions; units are normalized ones. */
export function reservationOffers(runners: readonly Runner[], hourCount: number): CommitmentOffer[] {
  const groups = Map.groupBy(runners, ({ region, group, currency }) => `${region} ${group} ${currency}`);
  return [...groups.values()].map((own) => {
    const { region, group } = own[0]!;
    const hours = fleetHours(own, hourCount);
    const price = (of: (runner: Runner) => ExactDecimal | null) => own.map(of).find((one) => one !== null);
    const oneYear = price((runner) => runner.oneYear);
    const threeYears = price((runner) => runner.threeYears);
    return {
      ...aboutOf(own, hours.onDemand),
      group,
      region,
      terms: [
        ...(oneYear ? [simulateTerm(hours, 1, oneYear)] : []),
        ...(threeYears ? [simulateTerm(hours, 3, threeYears)] : []),
      ],
      missing: oneYear && threeYears ? null : "The reservation's price is not known for every term.",
    };
  });
}

/** Steps in which a plan is weighed: fine enough for any estate, few enough to try each. */
const mostSteps = 1000;

/**
 * Savings plans: one amount an hour over all machines and regions, in whole cents. Machines count at their plan rates
 * and at the mean discount over all of them; Azure applies a plan to the largest discount first, which saves no less.
 */
export function savingsPlanOffers(runners: readonly Runner[], hourCount: number): CommitmentOffer[] {
  return [...Map.groupBy(runners, ({ currency }) => currency).values()].map((own) => {
    const rates = {
      1: (runner: Runner) => runner.planOneYear?.times(runner.ratio),
      3: (runner: Runner) => runner.planThreeYears?.times(runner.ratio),
    };
    const terms = ([1, 3] as const).flatMap((years) => {
      const priced = own.filter((runner) => rates[years](runner) !== undefined);
      if (priced.length === 0) return [];
      const most = priced.reduce((sum, runner) => sum + rates[years](runner)!.toNumber(), 0);
      const step = decimal(Math.max(1, Math.ceil((most * 100) / mostSteps))).dividedBy(100);
      const hours = fleetHours(priced, hourCount, (runner) =>
        rates[years](runner)!.dividedBy(step).toNumber(),
      );
      return [{ term: simulateTerm(hours, years, step), isAll: priced.length === own.length }];
    });
    return {
      ...aboutOf(own, null),
      group: null,
      region: null,
      terms: terms.map(({ term }) => term),
      missing:
        terms.length === 2 && terms.every(({ isAll }) => isAll)
          ? null
          : "The savings plan's price of some machines is not known; they are left out.",
    };
  });
}

function aboutOf(own: readonly Runner[], onDemandPerUnitHour: ExactDecimal | null) {
  return {
    currency: own[0]!.currency,
    machineCount: own.length,
    resizedCount: own.filter(({ isResized }) => isResized).length,
    onDemandPerUnitHour,
  };
}
