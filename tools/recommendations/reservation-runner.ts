import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { ofComponents } from "./cost-component.ts";
import type { Finding } from "./finding.ts";
import { usageWindow } from "./hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { isLicenceInCompute } from "./machine-price.ts";
import { netRate } from "./net-rate.ts";
import { isBilledAlways, measuredHours } from "./running-hours.ts";
import { readMachine } from "./virtual-machine.ts";

/** Days whose hours a commitment is reckoned from. */
export const commitmentDays = 30;
/** Up to here what a commitment pays is rounding. */
const negligibleCoverage = 0.02;

/** What is to be done to a machine before anything is reserved for it. */
export type FirstStep = Pick<Finding, "type" | "target" | "effects">;

/** What comes first on the same machine: it would not be there, or not as it is, for a reservation to pay. */
const endsBefore = new Set<Finding["type"]>([
  "idle_vm",
  "stopped_not_deallocated_vm",
  "spot_instance",
  "auto_shutdown",
]);

/** A machine that runs on demand, with what a unit of it costs. Prices are of an hour. */
export interface Runner {
  resourceId: string;
  region: string;
  group: string;
  currency: string;
  /** Normalized units of its size: of the smaller one, where it is to be right-sized first. */
  ratio: number;
  ran: Uint8Array;
  /** On-demand cost of compute in an hour, at the own rate and without a Windows licence. */
  onDemand: ExactDecimal;
  /** Of its compute today, what nothing committed pays. */
  monthlyCost: ExactDecimal;
  oneYear: ExactDecimal | null;
  threeYears: ExactDecimal | null;
  /** Savings plan rates of a unit. */
  planOneYear: ExactDecimal | null;
  planThreeYears: ExactDecimal | null;
  isResized: boolean;
  window: { start: string; end: string };
  doubts: readonly string[];
}

/** A machine that no reservation is reckoned for: it keeps its group in sight, so that what was open can be closed. */
export interface LeftOut {
  region: string;
  group: string;
  leftOut: "settled" | "unknown";
}

/** What is kept of a machine and its last `days` days; undefined where its group cannot be told. */
export function observeRunner(
  resource: JudgedResource,
  facts: ResourceFacts,
  found: readonly FirstStep[],
  days = commitmentDays,
): Runner | LeftOut | undefined {
  const machine = readMachine(resource, facts);
  const { region } = resource;
  const own = machine.size && facts.prices.sizes.flexibilityGroup(machine.size);
  if (!machine.size || !region || !own) return undefined;
  const settled: LeftOut = { region, group: own.group, leftOut: "settled" };
  const unknown: LeftOut = { region, group: own.group, leftOut: "unknown" };
  if (machine.isSpot || found.some(({ type }) => endsBefore.has(type))) return settled;
  const list = facts.prices.vm(region, machine.size, "Linux");
  if (!list) return unknown;

  const costs = ofComponents(facts.costs, ["compute"]);
  const end = facts.costsUntil ?? facts.today;
  const window = { start: Temporal.PlainDate.from(end).subtract({ days }).toString(), end };
  const rate = netRate(costs, window.start, window.end);
  if (rate.coveredShare > negligibleCoverage) return settled;
  if (rate.currency === null || rate.meanDaily.isZero()) return unknown;
  const listHourly = decimal(list.payAsYouGo.value);
  const measured = wholeDays(measuredHours(facts.usage, days + 1), facts.usage.end);
  const isBilled = measured === null && isBilledAlways(costs, window, listHourly);
  const ran = measured ?? (isBilled ? new Uint8Array(days * 24).fill(1) : null);
  if (!ran) return unknown;

  const paid = paidHours(ran, days, facts.usage.end.slice(0, 10), end);
  if (paid.hours === 0) return unknown;
  const start = Temporal.PlainDate.from(end).subtract({ days: paid.days }).toString();
  const hourly = netRate(costs, start, end)
    .meanDaily.times(withoutLicence(machine, region, facts))
    .times(paid.days)
    .dividedBy(paid.hours);
  // Where it ran in every hour there is nothing to be unsure of: its rate is above the list.
  const isBilledMore = paid.hours < paid.days * 24 && hourly.greaterThan(listHourly.times(1.02));
  const resized = found.find(({ type }) => type === "vm_rightsizing");
  const size = resized?.target?.sku ?? machine.size;
  const unit = facts.prices.sizes.flexibilityGroup(size);
  const remaining = resized ? remainingCompute(resized) : decimal(1);
  if (!unit || !remaining) return unknown;
  const prices = facts.prices.vm(region, size, "Linux");
  const perUnit = (price: { value: string; currency: string } | null | undefined) =>
    price?.currency === rate.currency ? decimal(price.value).dividedBy(unit.ratio) : null;
  return {
    resourceId: resource.id,
    region,
    group: unit.group,
    currency: rate.currency,
    ratio: unit.ratio,
    ran,
    onDemand: (isBilledMore ? listHourly : hourly).times(remaining),
    monthlyCost: rate.meanDaily.times(365).dividedBy(12),
    oneYear: perUnit(prices?.reservation1Year),
    threeYears: perUnit(prices?.reservation3Years),
    planOneYear: perUnit(prices?.savingsPlan1Year),
    planThreeYears: perUnit(prices?.savingsPlan3Years),
    isResized: resized !== undefined,
    window: usageWindow(facts.usage, days),
    doubts: [
      ...(isBilled ? ["A machine without metrics is taken to run always, as it is billed."] : []),
      ...(isBilledMore ? ["A machine is billed for more hours than were measured."] : []),
      ...facts.prices.doubts,
    ],
  };
}

/** The hours of the whole days before today, of one day more that ends now. */
function wholeDays(ran: Uint8Array | null, end: string): Uint8Array | null {
  const today = Temporal.Instant.from(end).toZonedDateTimeISO("UTC").hour;
  const whole = ran?.slice(24 - today, ran.length - today);
  return whole?.includes(1) ? whole : null;
}

/**
 * In the whole days that have both costs and measurements, how many hours it ran: hours and costs of different days
 * give no rate, where a machine runs on working days only.
 */
function paidHours(
  ran: Uint8Array,
  wholeDayCount: number,
  measuredUntil: string,
  costsUntil: string,
): { days: number; hours: number } {
  const laterDays = Temporal.PlainDate.from(costsUntil).until(measuredUntil, { largestUnit: "day" }).days;
  const days = Math.min(wholeDayCount, Math.max(0, wholeDayCount - laterDays));
  let hours = 0;
  for (const one of ran.subarray(0, days * 24)) hours += one;
  return { days, hours };
}

/** Share of the compute charge that is compute: reservations pay no licence. */
function withoutLicence(
  machine: ReturnType<typeof readMachine>,
  region: string,
  { costs, prices }: ResourceFacts,
): ExactDecimal {
  const windows = prices.vm(region, machine.size ?? "", "Windows");
  return isLicenceInCompute(machine, costs) && windows?.windowsLicence
    ? decimal(1).minus(decimal(windows.windowsLicence.value).dividedBy(windows.payAsYouGo.value))
    : decimal(1);
}

function remainingCompute({ effects }: FirstStep): ExactDecimal | null {
  const change = effects.find(({ component }) => component === "compute")?.change;
  return change?.kind === "share" ? decimal(change.remaining) : null;
}
