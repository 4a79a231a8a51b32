import { listResizes, readUnlistedCosts } from "@cloudoptima/db/queries/commitments.ts";
import { listSubscriptionIds } from "@cloudoptima/db/queries/resources.ts";
import type { Period } from "../costs/cost-shapes.ts";
import { daysBetween } from "../costs/coverage.ts";
import type { ReadContext } from "../kernel/context.ts";
import { readFacts } from "../recommendations/read-facts.ts";
import { type DerivedList, deriveListCost } from "./derive-list-cost.ts";

const machineType = "microsoft.compute/virtualmachines";
const batchSize = 400;
/** Metrics are kept this long: of what ran before, nobody knows the hours. */
const mostDays = 90;

/** List costs of machines whose costs came without, as far as they can be told. */
export async function readDerivedList(ctx: ReadContext, period: Period): Promise<DerivedList[]> {
  const today = ctx.now().toZonedDateTimeISO("UTC").toPlainDate().toString();
  const days = Math.min(mostDays, Math.max(1, daysBetween(period.start, today)));
  const derived: DerivedList[] = [];
  for (const id of await ctx.read(listSubscriptionIds)) {
    const facts = await readFacts(ctx, id, [machineType], days);
    for (let start = 0; start < facts.resources.length; start += batchSize) {
      ctx.signal.throwIfAborted();
      const batch = facts.resources.slice(start, start + batchSize);
      const ids = batch.map((one) => one.id);
      const { costs, resizes } = await ctx.read(async (transaction) => ({
        costs: await readUnlistedCosts(transaction, ids, period),
        resizes: await listResizes(transaction, ids, period.start),
      }));
      const ownCosts = Map.groupBy(costs, ({ resourceId }) => resourceId);
      const factsOf = await facts.ofBatch(batch, ["cpu_percent/average"]);
      for (const machine of batch) {
        const own = ownCosts.get(machine.id);
        if (!own) continue;
        const about = { period, resizedAt: resizes.get(machine.id) ?? null };
        derived.push(...deriveListCost(machine, factsOf(machine, "reserved_instance"), own, about));
      }
    }
  }
  return derived;
}
