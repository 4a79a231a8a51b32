import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { listRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { addDays, daysBetween, earlier } from "../costs/coverage.ts";
import { matchSubscriptions } from "../discovery/match-subscriptions.ts";
import type { ReadContext } from "../kernel/context.ts";
import { lastHours } from "../recommendations/hourly-usage.ts";
import type { ResourceFacts } from "../recommendations/judged-resource.ts";
import { readFacts } from "../recommendations/read-facts.ts";
import { StoredDetails } from "../recommendations/recommendation-output.ts";
import { openStatuses, type RecommendationType } from "../recommendations/recommendation-types.ts";
import { type FirstStep, observeRunner, type Runner } from "../recommendations/reservation-runner.ts";

const machineType = "microsoft.compute/virtualmachines";
// What tells a machine's licence and disks.
const types = [machineType, "microsoft.compute/disks"];
const batchSize = 400;

/** Machines that run on demand and stay, and how many others there are. */
export interface FleetFound {
  runners: Runner[];
  /** Paid by a commitment already, on spot, or to be stopped: nothing to commit for. */
  settledCount: number;
  /** Hours, costs, size or price not known. */
  unknownCount: number;
  /** Days that were looked at: at most what was asked for and what metrics and costs reach back. */
  days: number;
}

/** Reads the machines of the subscriptions that are meant (all without a name), `days` back, as fleet rules see them. */
export async function readRunners(
  ctx: ReadContext,
  asked: { subscription?: string; region?: string; days: number },
): Promise<FleetFound> {
  const { names, coverage, open } = await ctx.read(async (transaction) => ({
    names: await readSubscriptionNames(transaction),
    coverage: await readCostCoverage(transaction),
    open: await listRecommendations(transaction, openStatuses),
  }));
  const firstSteps = Map.groupBy(open, ({ resourceId }) => resourceId);
  const region = asked.region?.toLowerCase().replaceAll(" ", "");
  const seen: { resource: Parameters<typeof observeRunner>[0]; facts: ResourceFacts }[] = [];
  const subscriptions = asked.subscription
    ? matchSubscriptions(asked.subscription, names)
    : [...names.keys()];
  for (const id of subscriptions) {
    const facts = await readFacts(ctx, id, types, asked.days);
    const machines = facts.resources.filter(
      (resource) => resource.type === machineType && (!region || resource.region === region),
    );
    for (let start = 0; start < machines.length; start += batchSize) {
      ctx.signal.throwIfAborted();
      const batch = machines.slice(start, start + batchSize);
      const factsOf = await facts.ofBatch(batch, ["cpu_percent/average"]);
      for (const resource of batch) seen.push({ resource, facts: factsOf(resource, "reserved_instance") });
    }
  }
  const days = Math.min(measuredDays(seen, asked.days), costDays(coverage, asked.days));
  const runners: Runner[] = [];
  let settledCount = 0;
  let unknownCount = 0;
  for (const { resource, facts } of days === 0 ? [] : seen) {
    const steps = (firstSteps.get(resource.id) ?? []).map((stored): FirstStep => {
      const { effects, target } = StoredDetails.parse(stored.metadata);
      return { type: stored.type as RecommendationType, effects, target };
    });
    const one = observeRunner(resource, facts, steps, days);
    if (one && !("leftOut" in one)) runners.push(one);
    else if (one?.leftOut === "settled") settledCount++;
    else unknownCount++;
  }
  return { runners, settledCount, unknownCount: days === 0 ? seen.length : unknownCount, days };
}

/** Whole days since the first measurement of any machine: before it nobody knows what ran. */
function measuredDays(seen: readonly { facts: ResourceFacts }[], most: number): number {
  let first = most * 24;
  for (const { facts } of seen) {
    const at = lastHours(facts.usage, "cpu_percent/average", most).findIndex((value) => !Number.isNaN(value));
    if (at >= 0) first = Math.min(first, at);
  }
  // The first hours of the oldest day may be missing.
  return Math.min(most, Math.floor((most * 24 - first + 12) / 24));
}

function costDays(
  { dataFrom, dataUntil }: { dataFrom: string | null; dataUntil: string | null },
  most: number,
) {
  if (!dataFrom || !dataUntil) return 0;
  const end = addDays(dataUntil, 1);
  return Math.min(most, daysBetween(earlier(dataFrom, end), end));
}
