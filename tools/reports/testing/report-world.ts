import { setTimeout as delay } from "node:timers/promises";
import { beginAnalysis, endAnalysis } from "@cloudoptima/db/queries/analyses.ts";
import { keepRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { costRow, loadRows } from "../../costs/testing/load-rows.ts";
import { addPlainResource } from "../../discovery/testing/plain-resource.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { TestOrganization, TestTools } from "../../testing/test-tools.ts";
import type { ReportContent } from "../report-content.ts";
import type { ReportStatus } from "../report-output.ts";

export const reportNow = "2026-10-05T09:30:00Z";

export type WholeReport = ReportStatus & { content: ReportContent | null };

/** A small estate of which every section has something to tell: costs of two months and currencies, a machine, a policy. */
export async function fillEstate(
  tools: TestTools,
  organization: TestOrganization,
  named: { service?: string; resource?: string } = {},
): Promise<void> {
  const actor = tools.actor(organization);
  const machine = await addPlainResource(tools, organization, new Date(reportNow));
  await loadRows(tools, organization, [
    costRow({
      day: "2026-08-03",
      cost: "41.00000000001",
      serviceName: "Storage",
      billingAccountId: "account-2",
    }),
    costRow({
      day: "2026-09-10",
      cost: "12.34567890123",
      serviceName: named.service ?? "Storage",
      resourceId:
        "/subscriptions/sub-1/resourcegroups/rg-web/providers/microsoft.storage/storageaccounts/store",
      resourceName: named.resource ?? "store",
      billingAccountId: "account-2",
    }),
    costRow({ day: "2026-09-11", cost: "7.1", currency: "EUR", billingAccountId: "account-3" }),
  ]);
  const ctx = tools.context(actor);
  const id = crypto.randomUUID();
  const at = new Date(reportNow);
  const idle = {
    type: "auto_shutdown",
    title: named.resource ?? "Stop the machine at night",
    description: "It is used in the daytime alone.",
    impact: "low",
    effort: "easy",
    risk: "low",
    monthlySavings: "40.25",
    annualSavings: "483",
    currency: "USD",
    confidence: "0.9",
    metadata: {
      effects: [
        {
          resourceId: machine.id,
          component: "compute",
          monthlyCost: "75",
          change: { kind: "amount", monthlySavings: "40.25" },
        },
      ],
    },
  } as const;
  const figures = { newCount: 1, fixedCount: 0, openCount: 1, byType: [] };
  await ctx.write(async (transaction) => {
    await beginAnalysis(transaction, { id, organizationId: organization.id, cause: "scan", at, total: 1 });
    await keepRecommendations(transaction, organization.id, at, [
      { ...idle, id: crypto.randomUUID(), resourceId: machine.id, evidence: [] },
    ]);
    await endAnalysis(transaction, id, { status: "done", at, figures });
  });
  const policyYaml = "policy: { name: Owners, severity: high, condition: { required_tags: [Owner] } }";
  await tools.invoke({ actor, name: "create_policy", input: { policyYaml }, source: "rest" });
  await tools.invoke({ actor, name: "run_assessment", input: {}, source: "rest" });
}

/** Asks for a report and waits until it has ended. */
export async function generate(
  tools: TestTools,
  actor: Actor,
  input: Record<string, unknown> = {},
): Promise<WholeReport> {
  const asked = await tools.invoke({ actor, name: "generate_report", input, source: "rest" });
  return ended(tools, actor, String(asked.output.reportId));
}

export async function ended(tools: TestTools, actor: Actor, id: string): Promise<WholeReport> {
  for (;;) {
    const { output } = await tools.invoke({ actor, name: "get_report", input: { id }, source: "rest" });
    const report = output as unknown as WholeReport;
    if (report.status === "ready" || report.status === "failed") return report;
    await delay(20);
  }
}
