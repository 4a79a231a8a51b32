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
  isResized: boolean;
  window: { start: string; end: string };
  doubts: readonly string[];
}

/** What a fleet rule keeps of a machine; undefined where no commitment could pay for it, or too little is known. */
export function observeRunner(
  resource: JudgedResource,
  facts: ResourceFacts,
  found: readonly Finding[],
): Runner | undefined {
  const machine = readMachine(resource, facts);
  if (!machine.size || !resource.region || machine.isSpot) return undefined;
  if (found.some(({ type }) => endsBefore.has(type))) return undefined;
  const list = facts.prices.vm(resource.region, machine.size, "Linux");
  if (!list) return undefined;

  const costs = ofComponents(facts.costs, ["compute"]);
  const end = facts.costsUntil ?? facts.today;
  const window = { start: Temporal.PlainDate.from(end).subtract({ days: commitmentDays }).toString(), end };
  const rate = netRate(costs, window.start, window.end);
  if (rate.currency === null || rate.meanDaily.isZero() || rate.coveredShare > negligibleCoverage)
    return undefined;
  const compute = rate.meanDaily.times(withoutLicence(machine, resource.region, facts));
  const listHourly = decimal(list.payAsYouGo.value);
  const measured = measuredHours(facts.usage, commitmentDays);
  const isBilled = measured === null && isBilledAlways(costs, window, listHourly);
  const ran = measured ?? (isBilled ? new Uint8Array(commitmentDays * 24).fill(1) : null);
  if (!ran) return undefined;

  const hours = ran.reduce((sum, one) => sum + one, 0);
  const hourly = compute.times(commitmentDays).dividedBy(hours);
  const isBilledMore = hourly.greaterThan(listHourly.times(1.02));
  const resized = found.find(({ type }) => type === "vm_rightsizing");
  const size = resized?.target?.sku ?? machine.size;
  const unit = facts.prices.sizes.flexibilityGroup(size);
  const remaining = resized ? remainingCompute(resized) : decimal(1);
  if (!unit || !remaining) return undefined;
  const prices = facts.prices.vm(resource.region, size, "Linux");
  const perUnit = (price: { value: string; currency: string } | null | undefined) =>
    price?.currency === rate.currency ? decimal(price.value).dividedBy(unit.ratio) : null;
  return {
    resourceId: resource.id,
    region: resource.region,
    group: unit.group,
    currency: rate.currency,
    ratio: unit.ratio,
    ran,
    onDemand: (isBilledMore ? listHourly : hourly).times(remaining),
    monthlyCost: rate.meanDaily.times(365).dividedBy(12),
    oneYear: perUnit(prices?.reservation1Year),
    threeYears: perUnit(prices?.reservation3Years),
    isResized: resized !== undefined,
    window: usageWindow(facts.usage, commitmentDays),
    doubts: [
      ...(isBilled ? ["A machine without metrics is taken to run always, as it is billed."] : []),
      ...(isBilledMore ? ["A machine is billed for more hours than were measured."] : []),
      ...facts.prices.doubts,
    ],
  };
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

function remainingCompute({ effects }: Finding): ExactDecimal | null {
  const change = effects.find(({ component }) => component === "compute")?.change;
  return change?.kind === "share" ? decimal(change.remaining) : null;
}
