import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { type Choosable, chooseRecommendations } from "./choose-recommendations.ts";
import { savedOnResource } from "./combine-effects.ts";
import { excludeEachOther, stageOf } from "./exclusions.ts";
import type { Effect } from "./finding.ts";
import { cents } from "./net-rate.ts";
import { arrangeSteps } from "./ranking/arrange-steps.ts";
import { StoredDetails } from "./recommendation-output.ts";

interface Planned extends Choosable {
  stored: StoredRecommendation;
}

/** One change of a plan; savings are what it adds to those before it, decimal strings with cents. */
export interface PlannedStep {
  stored: StoredRecommendation;
  stage: 1 | 2 | 3;
  monthlySavings: string;
  annualSavings: string;
}

export interface SavingsPlan {
  currency: string;
  steps: PlannedStep[];
  /** Sums of the steps. */
  monthly: string;
  annual: string;
  /** No set that can be done together saves more a month than this. */
  monthlyBound: string;
  isBest: boolean;
  /** Left out because something chosen cannot be done together with it. */
  excluded: { stored: StoredRecommendation; insteadOf: StoredRecommendation }[];
}

export interface SavingsPlans {
  /** One per currency, the largest first: currencies are never added. */
  plans: SavingsPlan[];
  /** Nothing can be told or is claimed of what they save. */
  unpriced: StoredRecommendation[];
}

/**
 * What to do, in which order, so that most is saved. Each step's saving is what it adds after the steps before it,
 * so that the steps add up to the total, which never exceeds what the resources cost. `ranks` by id say what comes
 * first where the steps leave that open, commitments last; they change no figure.
 */
export function planSavings(
  recommendations: readonly StoredRecommendation[],
  ranks?: ReadonlyMap<string, number>,
): SavingsPlans {
  const items = recommendations.map((stored): Planned => {
    const { id, type } = stored;
    return { id, type, stored, effects: effectsOf(stored) };
  });
  const priced = items.filter(({ effects, stored }) => effects.length > 0 && stored.currency !== null);
  const plans = [...Map.groupBy(priced, ({ stored }) => stored.currency!)].map(([currency, own]) =>
    planOf(currency, own, ranks),
  );
  return {
    plans: plans.toSorted((a, b) => decimal(b.monthly).comparedTo(a.monthly)),
    unpriced: items.filter((item) => !priced.includes(item)).map(({ stored }) => stored),
  };
}

function planOf(
  currency: string,
  items: readonly Planned[],
  ranks?: ReadonlyMap<string, number>,
): SavingsPlan {
  const choice = chooseRecommendations(items);
  const ordered = choice.chosen.toSorted(
    (a, b) => stageOf(a.type) - stageOf(b.type) || gain(b).comparedTo(gain(a)) || a.id.localeCompare(b.id),
  );
  const before = new Map<string, Effect[]>();
  const reckoned = ordered.map((item): PlannedStep => {
    const { stored } = item;
    const stage = stageOf(item.type);
    const alone = !item.effects.some(({ resourceId }) => before.has(resourceId));
    const added = addEffects(before, item.effects);
    return alone && stored.monthlySavings !== null && stored.annualSavings !== null
      ? { stored, stage, monthlySavings: stored.monthlySavings, annualSavings: stored.annualSavings }
      : { stored, stage, monthlySavings: cents(added), annualSavings: cents(added.times(12)) };
  });
  const arrange = (some: readonly PlannedStep[]) =>
    arrangeSteps(some, {
      rankOf: ({ stored }) => ranks?.get(stored.id) ?? 0,
      resourcesOf: ({ stored }) => effectsOf(stored).map(({ resourceId }) => resourceId),
    });
  // Nobody commits for years to what is about to be stopped or made smaller, however much it would save.
  const [commitments = [], usage = []] = [true, false].map((commits) =>
    reckoned.filter(({ stage }) => (stage === 3) === commits),
  );
  const steps = ranks ? [...arrange(usage), ...arrange(commitments)] : reckoned;
  const sum = (field: "monthlySavings" | "annualSavings") =>
    steps.reduce((total, step) => total.plus(step[field]), decimal(0));
  const monthly = sum("monthlySavings");
  const isBest = choice.bound.equals(choice.value);
  return {
    currency,
    steps,
    monthly: monthly.toFixed(),
    annual: sum("annualSavings").toFixed(),
    monthlyBound: isBest ? monthly.toFixed() : choice.bound.toDecimalPlaces(2, 0).toFixed(),
    isBest,
    excluded: items
      .filter((item) => !choice.chosen.includes(item))
      .flatMap((item) => {
        const insteadOf = choice.chosen.find((other) => meet(item, other) && excludeEachOther(item, other));
        return insteadOf ? [{ stored: item.stored, insteadOf: insteadOf.stored }] : [];
      }),
  };
}

/** Adds the effects to those of the steps before; what that saves more. */
function addEffects(before: Map<string, Effect[]>, effects: readonly Effect[]): ExactDecimal {
  let added = decimal(0);
  for (const [resourceId, own] of Map.groupBy(effects, (effect) => effect.resourceId)) {
    const earlier = before.get(resourceId) ?? [];
    const now = [...earlier, ...own];
    added = added.plus(savedOnResource(now)).minus(savedOnResource(earlier));
    before.set(resourceId, now);
  }
  return added;
}

function effectsOf(stored: StoredRecommendation): Effect[] {
  return stored.monthlySavings === null ? [] : StoredDetails.parse(stored.metadata).effects;
}

const gain = ({ stored }: Planned) => decimal(stored.monthlySavings ?? "0");

const meet = (one: Planned, other: Planned) =>
  one.effects.some(({ resourceId }) => other.effects.some((effect) => effect.resourceId === resourceId));
