import {
  type AssessmentRun,
  listRuns,
  lockAssessment,
  readOpenFindings,
  writeFindings,
  writeRun,
} from "@cloudoptima/db/queries/assessments.ts";
import { readMetricFigures } from "@cloudoptima/db/queries/metrics.ts";
import { listRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { listSubscriptionIds, listSubscriptionResources } from "@cloudoptima/db/queries/resources.ts";
import type { WriteContext } from "../kernel/context.ts";
import { openStatuses } from "../recommendations/recommendation-types.ts";
import { allRules } from "../recommendations/rules/all-rules.ts";
import { allChecks, findCheck } from "./all-checks.ts";
import { type Assessment, assess, type CheckCount } from "./assess.ts";
import type { MetricFigures } from "./assessed-resource.ts";
import { compareFindings } from "./compare-findings.ts";
import { deriveFacts } from "./derive-facts.ts";
import { tallyPillars } from "./score.ts";

// Long enough for a week's rhythm, short enough that yesterday's change shows.
const measuredDays = 7;
const measuredMetrics = ["cpu_percent", "memory_percent", "dtu_percent"];
const measuredTypes = new Set([
  "microsoft.compute/virtualmachines",
  "microsoft.sql/servers/databases",
  "microsoft.web/serverfarms",
]);

const judged = new Set(
  allRules.flatMap(({ type, resourceTypes }) =>
    resourceTypes.map((resourceType) => `${type} ${resourceType}`),
  ),
);

/**
 * Asks every check of the whole inventory as it is stored, one subscription after another, and keeps what became of
 * it. It reads no cloud and changes nothing but its own tables.
 */
export async function runAssessment(ctx: WriteContext): Promise<AssessmentRun> {
  const open = await openRecommendations(ctx);
  const total: Assessment = { resourceCount: 0, findings: [], counts: [] };
  for (const subscriptionId of await ctx.read(listSubscriptionIds)) {
    ctx.signal.throwIfAborted();
    const part = await assessSubscription(ctx, subscriptionId, open);
    total.resourceCount += part.resourceCount;
    for (const finding of part.findings) total.findings.push(finding);
    for (const count of part.counts) total.counts.push(count);
  }
  return keepRun(ctx, total);
}

async function openRecommendations(ctx: WriteContext): Promise<Map<string, Set<string>>> {
  const open = new Map<string, Set<string>>();
  const found = await ctx.read((transaction) => listRecommendations(transaction, openStatuses));
  for (const { resourceId, type } of found) {
    open.set(resourceId, (open.get(resourceId) ?? new Set()).add(type));
  }
  return open;
}

async function assessSubscription(
  ctx: WriteContext,
  subscriptionId: string,
  open: Map<string, Set<string>>,
): Promise<Assessment> {
  const now = ctx.now();
  const { resources, figures } = await ctx.read(async (transaction) => {
    const resources = await listSubscriptionResources(transaction, subscriptionId, { includeGone: false });
    const measured = resources.filter(({ type }) => measuredTypes.has(type)).map(({ id }) => id);
    const from = new Date(now.subtract({ hours: measuredDays * 24 }).epochMilliseconds);
    const to = new Date(now.epochMilliseconds);
    return { resources, figures: await readMetricFigures(transaction, measured, measuredMetrics, from, to) };
  });
  const metrics = new Map<string, Map<string, MetricFigures>>();
  for (const { resourceId, metric, ...values } of figures) {
    metrics.set(resourceId, (metrics.get(resourceId) ?? new Map()).set(metric, values));
  }
  return assess(resources, deriveFacts(resources, { now, metrics, judged, open }));
}

async function keepRun(
  ctx: WriteContext,
  { findings, counts, resourceCount }: Assessment,
): Promise<AssessmentRun> {
  const { organizationId } = ctx.actor;
  return ctx.write(async (transaction) => {
    await lockAssessment(transaction, organizationId);
    const changes = compareFindings(await readOpenFindings(transaction), findings);
    const [before] = await listRuns(transaction, 1);
    const run: AssessmentRun = {
      id: ctx.newId(),
      ranAt: new Date(ctx.now().epochMilliseconds),
      resourceCount,
      checkCount: allChecks.length,
      // There is nothing that the first run could be compared with.
      newCount: before ? changes.newCount : 0,
      fixedCount: before ? changes.fixedCount : 0,
      pillars: tallyPillars(counts, findCheck),
    };
    await writeFindings(transaction, { ...run, organizationId }, changes);
    await writeRun(transaction, organizationId, run, { counts, scores: scoresByPlace(counts) });
    return run;
  });
}

/** Totals of each resource group by pillar; pillars of which nothing applies are left out. */
function scoresByPlace(counts: readonly CheckCount[]) {
  const places = Map.groupBy(counts, (count) => `${count.subscriptionId} ${count.resourceGroup}`);
  return [...places.values()].flatMap((own) => {
    const { subscriptionId, resourceGroup } = own[0]!;
    return tallyPillars(own, findCheck)
      .filter(({ passed, failed, unknown }) => passed + failed + unknown > 0)
      .map((tally) => ({ subscriptionId, resourceGroup, ...tally }));
  });
}
