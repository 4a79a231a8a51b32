import {
  type AssessmentRun,
  listFindings,
  listRuns,
  readCounts,
  readScoreTrend,
} from "@cloudoptima/db/queries/assessments.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { findCheck } from "./all-checks.ts";
import { assessResource } from "./assess-resource.ts";
import { type AssessmentScope, assessmentFilter, resolveScope } from "./assessment-filter.ts";
import { AssessmentOutput, type FailingCheck } from "./assessment-shapes.ts";
import { assessmentViews } from "./assessment-views.ts";
import { type CheckTotal, failingChecks, totalByCheck } from "./failing-checks.ts";
import { type Pillar, pillarLabels } from "./pillars.ts";
import { placeScores } from "./place-scores.ts";
import { coveragePercent, overallPercent, scorePercent, tallyPillars } from "./score.ts";
import { scoreTrend } from "./score-trend.ts";

const resourcesPerCheck = 3;
const mostPlaces = 50;

export default defineTool({
  name: "get_assessment",
  title: "Well-Architected assessment",
  description:
    "How well the estate is built by the five Well-Architected pillars: score and coverage of each, the failing checks with some of their resources, scores by resource group or subscription, trend over days and what is new or fixed since the run before.",
  examples: [
    "how good is our reliability?",
    "what is our security score?",
    "how well architected are we?",
    "which checks fail in rg-web-prod?",
    "is our storage secure?",
    "which pillar is the worst?",
    "how has our score changed?",
    "Well-Architected scores by subscription",
    "which resource groups have the worst scores?",
    "high severity findings in production",
    "which checks could not be evaluated?",
    "which checks does vm-web-1 fail?",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /assessment",
  input: z.object({
    ...assessmentFilter,
    resource: z.string().max(1024).optional().describe("What this one fails; no score"),
    by: z.enum(["resource_group", "subscription"]).optional().describe("Also scores of each"),
    trendDays: z.number().int().min(1).max(400).default(90),
    limit: z.number().int().min(0).max(200).default(10).describe("Failing checks at most"),
  }),
  output: AssessmentOutput,
  views: assessmentViews,
  run: (ctx, input) =>
    ctx.read(async (transaction) => {
      const asked = await resolveScope(transaction, input);
      const own = input.resource ? await assessResource(transaction, asked, input.resource) : undefined;
      const scope = own?.scope ?? asked;
      const [run, before] = await listRuns(transaction, 2);
      const checkIds = new Set(scope.checks.map(({ id }) => id));
      const counts =
        own?.counts ??
        (await readCounts(transaction, places(scope), input.by)).filter(({ checkId }) =>
          checkIds.has(checkId),
        );
      const totals = totalByCheck(counts, scope.checks);
      const failing = failingChecks(totals);
      const shown = failing.slice(0, input.limit);
      const found =
        own?.findings ??
        (await listFindings(transaction, {
          checkIds: shown.map(({ check }) => check.id),
          perCheck: resourcesPerCheck,
          ...places(scope),
        }));
      const resources = Map.groupBy(found, ({ checkId }) => checkId);
      const since = new Date(ctx.now().subtract({ hours: input.trendDays * 24 }).epochMilliseconds);
      const wanted = new Set<string>(scope.checks.map(({ pillar }) => pillar));
      // Scores of each day are kept by place and pillar, not by check: a narrower scope has no past.
      const hasPast = !input.severity && !input.resourceType && !own;
      const trend = hasPast
        ? scoreTrend(await readScoreTrend(transaction, since, places(scope)), wanted)
        : [];
      const earlier = hasPast ? earlierScores(scope, before, trend) : new Map<Pillar, string | null>();
      const pillars = tallyPillars(own ? [] : counts, findCheck)
        .filter(({ pillar }) => wanted.has(pillar) && !own)
        .map((tally) => ({
          pillar: tally.pillar,
          label: pillarLabels[tally.pillar],
          scorePercent: scorePercent(tally),
          coveragePercent: coveragePercent(tally),
          previousScorePercent: earlier.get(tally.pillar) ?? null,
          passedCount: tally.passed,
          failedCount: tally.failed,
          unknownCount: tally.unknown,
        }));
      return {
        ranAt: run?.ranAt.toISOString() ?? null,
        scope: scope.label,
        resourceCount: run?.resourceCount ?? 0,
        checkCount: scope.checks.length,
        overallScorePercent: overallPercent(pillars.map(({ scorePercent }) => scorePercent)),
        previousOverallScorePercent: overallPercent(pillars.map(({ pillar }) => earlier.get(pillar) ?? null)),
        pillars,
        places:
          input.by && !own ? placeScores(counts, input.by, scope.subscriptionNames).slice(0, mostPlaces) : [],
        failingCheckCount: failing.length,
        checks: shown.map((total) => toFailingCheck(total, resources.get(total.check.id) ?? [])),
        unknownChecks: totals
          .filter(({ unknownCount }) => unknownCount > 0)
          .sort((a, b) => b.unknownCount - a.unknownCount || a.check.id.localeCompare(b.check.id))
          .slice(0, input.limit)
          .map(({ check, unknownCount }) => ({ checkId: check.id, question: check.question, unknownCount })),
        previous:
          run && before
            ? { ranAt: before.ranAt.toISOString(), newCount: run.newCount, fixedCount: run.fixedCount }
            : null,
        trend,
        note: noteOf(run, own ? own.applies : counts.length > 0, scope),
      };
    }),
});

function places({ subscriptionIds, resourceGroup }: AssessmentScope) {
  return {
    ...(subscriptionIds ? { subscriptionIds } : {}),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
  };
}

/** Of everything the run before tells; of a place the day before, because only each day's last run is kept of it. */
function earlierScores(
  { subscriptionIds, resourceGroup }: AssessmentScope,
  before: AssessmentRun | undefined,
  trend: ReturnType<typeof scoreTrend>,
): Map<Pillar, string | null> {
  if (subscriptionIds || resourceGroup !== undefined) {
    return new Map(trend.at(-2)?.pillars.map(({ pillar, scorePercent }) => [pillar, scorePercent]));
  }
  const tallies = (before?.pillars ?? []) as ReturnType<typeof tallyPillars>;
  return new Map(tallies.map((tally) => [tally.pillar, scorePercent(tally)]));
}

function toFailingCheck(
  { check, ...counts }: CheckTotal,
  found: readonly { resourceId: string; name: string; resourceGroup: string | null }[],
): FailingCheck {
  return {
    checkId: check.id,
    question: check.question,
    pillar: check.pillar,
    pillarLabel: pillarLabels[check.pillar],
    severity: check.severity,
    ...counts,
    fix: check.fix,
    resources: found.map(({ resourceId: id, name, resourceGroup }) => ({ id, name, resourceGroup })),
  };
}

function noteOf(run: AssessmentRun | undefined, applies: boolean, scope: AssessmentScope): string | null {
  if (!run) return "Nothing was assessed yet; the assessment follows each scan.";
  if (!applies) return `No check applies to ${scope.label ?? "what the inventory has"}.`;
  return null;
}
