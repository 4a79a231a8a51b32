import { listFindings, readCounts } from "@cloudoptima/db/queries/assessments.ts";
import { z } from "zod";
import { resourceTypeLabel } from "../discovery/resource-types.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { findCheck } from "./all-checks.ts";
import { assessmentFilter, resolveScope } from "./assessment-filter.ts";
import { FailingResource } from "./assessment-shapes.ts";
import { explanationViews } from "./assessment-views.ts";
import { PillarName, SeverityName } from "./check.ts";
import { totalByCheck } from "./failing-checks.ts";
import { pillarLabels } from "./pillars.ts";

export const CheckExplanation = z.object({
  checkId: z.string(),
  question: z.string(),
  pillar: PillarName,
  pillarLabel: z.string(),
  severity: SeverityName,
  appliesTo: z.array(z.string()).describe("Kinds of resources, as people call them"),
  why: z.string(),
  fix: z.string(),
  source: z.string().describe("Microsoft's public guidance"),
  passedCount: z.number().int(),
  failedCount: z.number().int(),
  unknownCount: z.number().int().describe("Resources of which the data does not tell"),
  offset: z.number().int(),
  failing: z.array(FailingResource).describe("A page of the resources that fail, by name"),
  unknown: z.array(FailingResource).describe("Some of which the data does not tell"),
});
export type CheckExplanation = z.infer<typeof CheckExplanation>;

export default defineTool({
  name: "explain_check",
  title: "Explain a check",
  description:
    "One check of the Well-Architected assessment by its id (REL-VM-01): what it asks, why it matters, how to mend it, Microsoft's guidance, and which resources fail it, with evidence.",
  examples: [
    "what is REL-VM-01?",
    "explain SEC-ST-02",
    "which resources fail SEC-NSG-01?",
    "how do we fix REL-SQL-01?",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /assessment/checks/{checkId}",
  input: z.object({
    checkId: z.string().max(40),
    resourceGroup: assessmentFilter.resourceGroup,
    subscription: assessmentFilter.subscription,
    limit: z.number().int().min(1).max(100).default(10),
    offset: z.number().int().min(0).default(0),
  }),
  output: CheckExplanation,
  views: explanationViews,
  async run(ctx, { checkId, limit, offset, ...place }) {
    const check = findCheck(checkId);
    if (!check) {
      throw new AppError("not_found", "There is no check with that id.", {
        hint: "Ids look like REL-VM-01; ask which checks fail to see them.",
      });
    }
    return ctx.read(async (transaction) => {
      const { subscriptionIds, subscriptionNames, resourceGroup } = await resolveScope(transaction, place);
      const places = {
        ...(subscriptionIds ? { subscriptionIds } : {}),
        ...(resourceGroup === undefined ? {} : { resourceGroup }),
      };
      const [total] = totalByCheck(await readCounts(transaction, places), [check]);
      const read = async (result: "fail" | "unknown", page: { perCheck: number; offset?: number }) =>
        (
          await listFindings(transaction, { ...places, checkIds: [check.id], results: [result], ...page })
        ).map((found) => ({
          id: found.resourceId,
          name: found.name,
          typeLabel: resourceTypeLabel(found.type),
          resourceGroup: found.resourceGroup,
          subscriptionName: subscriptionNames.get(found.subscriptionId) ?? found.subscriptionId,
          since: found.since.toISOString(),
          evidence: FailingResource.shape.evidence.parse(found.evidence),
        }));
      const { passedCount, failedCount, unknownCount } = total!;
      const { id, question, pillar, severity, why, fix, source, appliesTo } = check;
      return {
        checkId: id,
        question,
        pillar,
        pillarLabel: pillarLabels[pillar],
        severity,
        appliesTo: appliesTo.map(resourceTypeLabel),
        why,
        fix,
        source,
        passedCount,
        failedCount,
        unknownCount,
        offset,
        failing: await read("fail", { perCheck: limit, offset }),
        unknown: unknownCount > 0 ? await read("unknown", { perCheck: 5 }) : [],
      };
    });
  },
});
