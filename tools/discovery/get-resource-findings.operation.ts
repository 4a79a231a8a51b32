import { listFindings } from "@cloudoptima/db/queries/assessments.ts";
import { selectPersonNames } from "@cloudoptima/db/queries/people.ts";
import { listViolations } from "@cloudoptima/db/queries/policy-violations.ts";
import { listMatchingRecommendations } from "@cloudoptima/db/queries/recommendation-pages.ts";
import { listSuppressions } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { z } from "zod";
import { allChecks, findCheck } from "../assessment/all-checks.ts";
import { FailingResource } from "../assessment/assessment-shapes.ts";
import { PillarName, SeverityName } from "../assessment/check.ts";
import { pillarLabels } from "../assessment/pillars.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { PolicySeverity } from "../policies/policy-document.ts";
import { Recommendation, toRecommendation } from "../recommendations/recommendation-output.ts";
import { recommendationStatuses } from "../recommendations/recommendation-types.ts";
import { isSuppressed, Suppression, toSuppression } from "../recommendations/suppression.ts";
import { ResourceId, requireResource } from "./require-resource.ts";

const mostViolations = 100;

export default defineOperation({
  name: "get_resource_findings",
  title: "What was found about a resource",
  description:
    "The recommendations of one resource whatever their status, the Well-Architected checks that it fails or of which the data does not tell, the policies that it breaks, and what keeps recommendations off it.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /resources/{id}/findings",
  input: z.object({ id: ResourceId }),
  output: z.object({
    recommendations: z
      .array(
        Recommendation.pick({ id: true, typeLabel: true, title: true, monthlySavings: true, status: true }),
      )
      .describe("Dearest first"),
    checks: z.array(
      z.object({
        checkId: z.string(),
        question: z.string(),
        pillar: PillarName,
        pillarLabel: z.string(),
        severity: SeverityName,
        result: z.enum(["fail", "unknown"]),
        since: z.string().describe("ISO time of the run that first found it"),
        evidence: FailingResource.shape.evidence,
      }),
    ),
    violations: z.array(
      z.object({
        id: z.string(),
        policyName: z.string(),
        severity: PolicySeverity,
        problems: z.array(z.string()),
        detectedAt: z.string(),
      }),
    ),
    suppressions: z.array(Suppression).describe("Those that hold now and cover this resource"),
  }),
  run: (ctx, { id }) =>
    ctx.read(async (transaction) => {
      const resource = await requireResource(transaction, id);
      const resourceId = resource.id;
      const recommendations = await listMatchingRecommendations(transaction, {
        statuses: recommendationStatuses,
        resourceId,
      });
      const findings = await listFindings(transaction, {
        checkIds: allChecks.map((check) => check.id),
        results: ["fail", "unknown"],
        resourceId,
        perCheck: 1,
      });
      const violations = await listViolations(
        transaction,
        { status: "open", resourceId },
        { limit: mostViolations, offset: 0 },
      );
      const suppressions = (await listSuppressions(transaction, ctx.realNow())).filter((one) =>
        isSuppressed([{ ...one, type: null }], "", resource),
      );
      const names = await selectPersonNames(transaction, [
        ...new Set(suppressions.map(({ createdBy }) => createdBy)),
      ]);
      return {
        recommendations: recommendations.map(toRecommendation).map(({ id, typeLabel, title, ...rest }) => ({
          id,
          typeLabel,
          title,
          monthlySavings: rest.monthlySavings,
          status: rest.status,
        })),
        checks: findings.flatMap(({ checkId, result, since, evidence }) => {
          const check = findCheck(checkId);
          if (!check) return [];
          return {
            checkId,
            question: check.question,
            pillar: check.pillar,
            pillarLabel: pillarLabels[check.pillar],
            severity: check.severity,
            result,
            since: since.toISOString(),
            evidence: FailingResource.shape.evidence.parse(evidence),
          };
        }),
        violations: violations.map((row) => ({
          id: row.id,
          policyName: row.policyName,
          severity: row.severity,
          problems: row.problems,
          detectedAt: row.detectedAt.toISOString(),
        })),
        suppressions: suppressions.map((stored) => toSuppression(stored, names)),
      };
    }),
});
