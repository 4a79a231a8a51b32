import { median } from "simple-statistics";
import type { ChangeTiming } from "./comparison-shapes.ts";

export interface DayAmount {
  day: string;
  /** Floating point: only the shape matters here, amounts shown come from exact strings. */
  amount: number;
}

export interface Timing {
  pattern: ChangeTiming["pattern"];
  firstDay: string | null;
  /** The few days that carry a spike, in order. */
  days: string[];
}

// A day stands out when it is this many robust standard deviations above the usual day, and half as much again
// as usual: weekends of a steady service do not.
const SPIKE_DEVIATIONS = 4;
const SPIKE_RATIO = 1.5;
// A spike is short: at most this share of the period's days, and it carries at least this share of the change.
const SPIKE_DAYS_SHARE = 0.25;
const SPIKE_CHANGE_SHARE = 0.6;
// Share of the daily variance that a model must explain to be named.
const STEP_FIT = 0.55;
const GROWTH_FIT = 0.5;
const STEP_MIN_DAYS = 2;

/** When a change happened, told from the days of both periods in order; days without cost are 0. */
export function timeChange(base: readonly DayAmount[], current: readonly DayAmount[]): Timing {
  const change = total(current) - total(base);
  if (base.every(({ amount }) => amount === 0))
    return { pattern: "new", firstDay: firstNonZero(current), days: [] };
  if (current.every(({ amount }) => amount === 0))
    return { pattern: "gone", firstDay: dayAfterLast(base, current), days: [] };
  const spike = spikeDays(current, base, change);
  if (change > 0 && spike) return { pattern: "spike", firstDay: spike[0]!, days: spike };
  const before = spikeDays(base, current, -change);
  if (change < 0 && before) return { pattern: "spike_before", firstDay: before[0]!, days: before };
  return shapeOf([...base, ...current], change);
}

function total(days: readonly DayAmount[]): number {
  return days.reduce((sum, { amount }) => sum + amount, 0);
}

function firstNonZero(days: readonly DayAmount[]): string | null {
  return days.find(({ amount }) => amount !== 0)?.day ?? null;
}

function dayAfterLast(base: readonly DayAmount[], current: readonly DayAmount[]): string | null {
  const all = [...base, ...current];
  return all[all.findLastIndex(({ amount }) => amount !== 0) + 1]?.day ?? null;
}

/** Days far above the usual of both periods, if they are few and carry the excess. */
function spikeDays(
  days: readonly DayAmount[],
  others: readonly DayAmount[],
  excess: number,
): string[] | null {
  if (excess <= 0 || days.length < 3) return null;
  const amounts = [...days, ...others].map(({ amount }) => amount);
  const usual = median(amounts);
  // 1.4826 makes the median absolute deviation a standard deviation for normal data.
  const deviation = 1.4826 * median(amounts.map((amount) => Math.abs(amount - usual)));
  const limit = Math.max(usual + SPIKE_DEVIATIONS * deviation, usual * SPIKE_RATIO);
  const high = days.filter(({ amount }) => amount > limit);
  const carried = high.reduce((sum, { amount }) => sum + amount - usual, 0);
  const few = high.length > 0 && high.length <= Math.max(1, days.length * SPIKE_DAYS_SHARE);
  return few && carried >= excess * SPIKE_CHANGE_SHARE ? high.map(({ day }) => day) : null;
}

function shapeOf(days: readonly DayAmount[], change: number): Timing {
  const spread: Timing = { pattern: "spread", firstDay: null, days: [] };
  const values = days.map(({ amount }) => amount);
  const variance = squaredError(values);
  if (values.length < 6 || variance === 0) return spread;
  const step = bestStep(values);
  const line = lineFit(values);
  if (step && 1 - step.error / variance >= STEP_FIT && Math.sign(step.rise) === Math.sign(change)) {
    // A steady slope also fits two levels; the step must fit better than the line.
    if (step.error < line.error) return { pattern: "step", firstDay: days[step.at]!.day, days: [] };
  }
  if (1 - line.error / variance >= GROWTH_FIT && Math.sign(line.slope) === Math.sign(change)) {
    return { pattern: change > 0 ? "steady_growth" : "steady_decline", firstDay: null, days: [] };
  }
  return spread;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredError(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** The split into two levels that leaves the least error. */
function bestStep(values: readonly number[]): { at: number; error: number; rise: number } | null {
  let best: { at: number; error: number; rise: number } | null = null;
  for (let at = STEP_MIN_DAYS; at <= values.length - STEP_MIN_DAYS; at++) {
    const [before, after] = [values.slice(0, at), values.slice(at)];
    const error = squaredError(before) + squaredError(after);
    if (!best || error < best.error) best = { at, error, rise: mean(after) - mean(before) };
  }
  return best;
}

function lineFit(values: readonly number[]): { slope: number; error: number } {
  const middle = (values.length - 1) / 2;
  const centre = mean(values);
  let [top, bottom] = [0, 0];
  values.forEach((value, index) => {
    top += (index - middle) * (value - centre);
    bottom += (index - middle) ** 2;
  });
  const slope = top / bottom;
  const error = values.reduce(
    (sum, value, index) => sum + (value - centre - slope * (index - middle)) ** 2,
    0,
  );
  return { slope, error };
}
