import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import {
  countViolations,
  listViolations,
  type ViolationRow,
} from "@cloudoptima/db/queries/policy-violations.ts";
import { z } from "zod";
import { matchSubscriptions } from "../discovery/match-subscriptions.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { PolicySeverity } from "./policy-document.ts";
import { violationViews } from "./violation-views.ts";

export const ViolationList = z.object({
  totalCount: z.number().int().describe("Violations that match, over all pages"),
  offset: z.number().int(),
  rows: z.array(
    z.object({
      id: z.string(),
      policyId: z.string(),
      policyName: z.string(),
      severity: PolicySeverity,
      status: z.enum(["open", "resolved", "ignored"]),
      resource: z.object({
        id: z.string(),
        name: z.string(),
        type: z.string().nullable(),
        subscriptionId: z.string().nullable(),
        resourceGroup: z.string().nullable(),
        region: z.string().nullable(),
      }),
      problems: z.array(z.string()),
      detectedAt: z.string(),
      resolvedAt: z.string().nullable(),
    }),
  ),
  byPolicy: z.array(
    z.object({ policyName: z.string(), severity: PolicySeverity, violationCount: z.number().int() }),
  ),
});
export type ViolationList = z.infer<typeof ViolationList>;

export default defineTool({
  name: "list_policy_violations",
  title: "Policy violations",
  description:
    "Resources that break the organization's policies (tags, regions, sizes, public addresses): what is wrong and since when, worst first.",
  examples: [
    "which resources violate our policies?",
    "show policy violations",
    "policy violations in production",
    "are we compliant with our tagging policy?",
    "critical policy violations",
  ],
  permission: "policies:read",
  effect: "read",
  rest: "GET /policies/violations",
  input: z.object({
    policyName: z.string().optional(),
    severity: PolicySeverity.optional(),
    subscription: z.string().optional(),
    resourceGroup: z.string().optional(),
    status: z.enum(["open", "resolved", "ignored"]).default("open"),
    limit: z.number().int().min(1).max(100).default(20),
    offset: z.number().int().min(0).default(0),
  }),
  output: ViolationList,
  views: violationViews,
  run: (ctx, { limit, offset, subscription, ...asked }) =>
    ctx.read(async (transaction) => {
      const subscriptionIds =
        subscription === undefined
          ? undefined
          : matchSubscriptions(subscription, await readSubscriptionNames(transaction));
      const filter = { ...asked, subscriptionIds };
      const byPolicy = await countViolations(transaction, filter);
      return {
        totalCount: byPolicy.reduce((sum, { count }) => sum + count, 0),
        offset,
        rows: (await listViolations(transaction, filter, { limit, offset })).map(toRow),
        byPolicy: byPolicy.map(({ count, ...policy }) => ({ ...policy, violationCount: count })),
      };
    }),
});

function toRow(row: ViolationRow): ViolationList["rows"][number] {
  const { id, policyId, policyName, severity, status, problems, detectedAt, resolvedAt } = row;
  const { type, subscriptionId, resourceGroup, region } = row;
  const name = row.name ?? row.resourceId.split("/").at(-1) ?? row.resourceId;
  return {
    ...{ id, policyId, policyName, severity, status, problems },
    resource: { id: row.resourceId, name, type, subscriptionId, resourceGroup, region },
    detectedAt: detectedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}
