import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import { bestPlan, planOf, type UnitPlan } from "../commitment-units.ts";
import { type Effect, type Evidence, fine, unknown, type Verdict } from "../finding.ts";
import { fleetHours } from "../fleet-hours.ts";
import { cents } from "../net-rate.ts";
import { commitmentDays as days, type LeftOut, observeRunner, type Runner } from "../reservation-runner.ts";
import { defineFleetRule, type Limits } from "../rule.ts";
import { wasteOf } from "../waste.ts";

const thresholds = {
  cautiousSharePercent: {
    default: 70,
    minimum: 10,
    maximum: 100,
    unit: "percent",
    description: "Of the best number of units, what the cautious option buys",
  },
} as const;
type CommitmentLimits = Limits<keyof typeof thresholds>;

/**
 * reserved_instance: for each region and flexibility group of a subscription, the number of normalized units that a
 * one-year reservation should have by the hours of the last 30 days: each unit whose share of used hours exceeds
 * reserved ÷ on-demand price. A machine ran when its processor was measured; without measurements, where it was
 * billed for whole days throughout. Right-size, then reserve: machines to be stopped, switched off or moved to spot
 * are left out, those to be resized count as what they become, and so does nothing that a commitment pays already.
 * Saves the on-demand cost displaced (own rate) less the reservation's price. Three years are an alternative, never
 * added. Source: learn.microsoft.com, "Reservation recommendations" and "Instance size flexibility"; RULES.md.
 */
export default defineFleetRule({
  type: "reserved_instance",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics: ["cpu_percent/average"],
  thresholds,
  observe: (resource, facts, found) => observeRunner(resource, facts, found),
  judge(seen: readonly (Runner | LeftOut)[], { id }, limits: CommitmentLimits) {
    const groups = Map.groupBy(seen, ({ region, group }) => `${region} ${group}`);
    return [...groups.values()].map((own) => {
      const runners = own.filter((one): one is Runner => !("leftOut" in one));
      const isSettled = own.every((one) => "leftOut" in one && one.leftOut === "settled");
      return {
        resourceId: reservationId(id, own[0]!),
        verdict:
          runners.length > 0
            ? judgeGroup(runners, limits)
            : isSettled
              ? fine("No machine of it runs on demand for long.")
              : unknown("Its machines' hours or costs are not known."),
      };
    });
  },
});

/** The same at every run, so that a recommendation is renewed and not doubled. */
function reservationId(subscriptionId: string, { region, group }: Pick<Runner, "region" | "group">): string {
  const slug = `${region}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `/subscriptions/${subscriptionId}/providers/microsoft.capacity/reservations/${slug}`.toLowerCase();
}

function judgeGroup(runners: readonly Runner[], limits: CommitmentLimits): Verdict {
  const { group, region, currency } = runners[0]!;
  if (runners.some((runner) => runner.currency !== currency)) {
    return unknown("Its machines are paid in several currencies.");
  }
  const priced = runners.find(({ oneYear }) => oneYear !== null);
  if (!priced?.oneYear) return unknown("The price of a reservation is not known.");

  const { unitsByHour, onDemand } = fleetHours(runners, days * 24);
  const best = bestPlan(unitsByHour, { onDemand, reserved: priced.oneYear });
  if (best.units === 0) return fine("No unit runs often enough for a reservation to pay.");
  const cautious = planOf(
    unitsByHour,
    { onDemand, reserved: priced.oneYear },
    Math.floor((best.units * limits.cautiousSharePercent) / 100),
  );
  const threeYears = priced.threeYears && bestPlan(unitsByHour, { onDemand, reserved: priced.threeYears });
  const monthly = decimal(cents(best.monthlySavings));
  const rounded = (value: ExactDecimal) => value.toDecimalPlaces(6).toFixed();
  const many = (units: number) => (units === 1 ? "1 unit" : `${units} units`);
  const { window } = priced;
  return wasteOf({
    type: "reserved_instance",
    title: `Reserve ${many(best.units)} of ${group} in ${region} for a year`,
    description: `${runners.length === 1 ? "One machine" : `${runners.length} machines`} of the ${group} in ${region} ran on demand for most of the last ${days} days. A reservation of ${many(best.units)} (a unit is the smallest size of the group; larger sizes count as several) is paid whether it is used or not, and costs less than the hours that it replaces. It covers whichever machines of the group run. Three years are an alternative to one year, not an addition.`,
    effort: "easy",
    risk: "medium",
    savings: {
      currency,
      monthlySavings: monthly.toFixed(),
      annualSavings: cents(best.monthlySavings.times(12)),
      basis: `On-demand cost that the reservation would have displaced in the last ${days} days at your rate, less its list price for one year, as a month of 730 hours.`,
      effects: shareOut(monthly, runners),
      evidence: [],
      doubts: [...new Set(runners.flatMap(({ doubts }) => doubts))],
      coveredShare: 0,
    },
    confidence: [0.85, `By the hours in which the machines ran in the last ${days} days.`],
    doubts: [],
    evidence: [
      { label: "Units to buy", value: String(best.units), unit: "count", window: null },
      { label: "Machines counted", value: String(runners.length), unit: "count", window: null },
      {
        label: "Of them counted as the smaller size they are to become",
        value: String(runners.filter(({ isResized }) => isResized).length),
        unit: "count",
        window: null,
      },
      { label: "Bought hours that would have been used", value: shareUsed(best), unit: "percent", window },
      { label: "On demand for a unit and hour, your rate", value: rounded(onDemand), unit: currency, window },
      {
        label: "Reserved for a unit and hour, 1 year",
        value: rounded(priced.oneYear),
        unit: currency,
        window: null,
      },
      {
        label: "Break-even: used hours needed",
        value: rounded(priced.oneYear.dividedBy(onDemand).times(100)),
        unit: "percent",
        window: null,
      },
      ...option("Cautious option", cautious, currency, window),
      ...(threeYears ? option("Alternative: 3 years", threeYears, currency, window) : []),
    ],
    counterEvidence: [
      { looked: "machines to be stopped, switched off at night or moved to spot", found: null },
      { looked: "machines that a reservation or savings plan pays already", found: null },
    ],
    steps: [
      "Carry out the recommendations to stop, resize or schedule these machines first.",
      "Ask the owners whether the machines stay for a year.",
      `Buy ${many(best.units)} for one year, or ${many(cautious.units)} to be careful, with instance size flexibility and the scope that your teams share.`,
      "Look at its utilization after a month; Azure lets you exchange a reservation.",
    ],
    target: { label: `${many(best.units)} of ${group}, 1 year`, sku: group },
  });
}

const shareUsed = ({ usedHours, boughtHours }: UnitPlan) =>
  String(Math.round((usedHours / boughtHours) * 10_000) / 100);

function option(label: string, plan: UnitPlan, currency: string, window: Evidence["window"]): Evidence[] {
  if (plan.units === 0) return [];
  return [
    { label: `${label}, units`, value: String(plan.units), unit: "count", window },
    { label: `${label}, saving a month`, value: cents(plan.monthlySavings), unit: currency, window },
  ];
}

/** The saving by machine, in the proportion of what each costs on demand; it comes to the saving exactly. */
function shareOut(monthly: ExactDecimal, runners: readonly Runner[]): Effect[] {
  const weights = runners.map(({ onDemand, ran }) => onDemand.times(ran.reduce((sum, one) => sum + one, 0)));
  const whole = weights.reduce((sum, weight) => sum.plus(weight), decimal(0));
  let left = monthly;
  return runners.map(({ resourceId, monthlyCost }, index) => {
    const isLast = index === runners.length - 1;
    const share = isLast ? left : monthly.times(weights[index]!).dividedBy(whole).toDecimalPlaces(6, 1);
    left = left.minus(share);
    return {
      resourceId,
      component: "compute",
      monthlyCost: monthlyCost.toDecimalPlaces(6, 1).toFixed(),
      change: { kind: "amount", monthlySavings: share.toFixed() },
    };
  });
}
