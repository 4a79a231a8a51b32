import { markImplemented, reopenImplemented } from "@cloudoptima/db/queries/planned-resources.ts";
import { listDecisions } from "@cloudoptima/db/queries/recommendation-rankings.ts";
import {
  expireRecommendations,
  keepRecommendations,
  setRecommendationStatus,
} from "@cloudoptima/db/queries/recommendations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { costRow, loadRows } from "../../costs/testing/load-rows.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../../testing/test-tools.ts";
import type { RecommendationList } from "../list-recommendations.tool.ts";
import { runAnalysis } from "../run-analysis.ts";
import type { SavingsPlanOutput } from "../savings-plan-output.ts";
import { syntheticHistory } from "./testing/synthetic-history.ts";

const now = "2026-10-05T09:30:00Z";
const at = new Date(now);
const person = crypto.randomUUID();
type New = Parameters<typeof keepRecommendations>[3][number];

describeEachEngine("the order of recommendations", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now });
    organization = await tools.createOrganization("Contoso");
  });

  const contextOf = (of: TestOrganization) => tools.context(tools.actor(of));
  const call = async <Output>(name: string, input: Record<string, unknown> = {}, of = organization) =>
    (await tools.invoke({ actor: tools.actor(of), name, input, source: "rest" })).output as Output;
  const list = (input?: Record<string, unknown>, of?: TestOrganization) =>
    call<RecommendationList>("list_recommendations", input, of);
  const analyze = (of = organization) =>
    runAnalysis(contextOf(of), {
      id: crypto.randomUUID(),
      cause: "request",
      subscriptionIds: new Set(),
      measured: () => true,
    });
  const found = (name: string, monthlySavings: string, more: Partial<New> = {}): New => ({
    id: crypto.randomUUID(),
    resourceId: `/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachines/${name}`,
    type: "idle_vm",
    title: name,
    description: "It does nothing.",
    impact: "low",
    effort: "easy",
    risk: "low",
    monthlySavings,
    annualSavings: String(Number(monthlySavings) * 12),
    currency: "USD",
    confidence: "0.9",
    evidence: [],
    metadata: {
      effects: [
        {
          resourceId: name,
          component: "compute",
          monthlyCost: "500",
          change: { kind: "amount", monthlySavings },
        },
      ],
    },
    ...more,
  });
  const open = (items: New[], of = organization, when = at) =>
    contextOf(of).write((transaction) => keepRecommendations(transaction, of.id, when, items));
  const names = ({ rows }: RecommendationList) => rows.map(({ title }) => title);

  /** A team that spares production, as it comes about: each is found, and somebody decides. */
  async function decide(count: number, of = organization): Promise<void> {
    const history = syntheticHistory(11, count, ({ environment }) =>
      environment === "production" ? 0.05 : 0.9,
    );
    await contextOf(of).write(async (transaction) => {
      for (const { recommendationId, at: when, outcome, facts } of history) {
        const { environment, resourceGroup: _, ...rest } = facts;
        const place = { production: "prod", elsewhere: "dev" }[environment ?? "elsewhere"];
        const one = found(`vm-${place}-${recommendationId}`, facts.monthlySavings!, rest);
        await keepRecommendations(transaction, of.id, when, [one]);
        const status = outcome === "implemented" ? "implemented" : "dismissed";
        await setRecommendationStatus(transaction, one.id, status, { at: when, by: person, reason: null });
      }
    });
  }

  test("the rule holds and says so, until there is enough to learn from", async () => {
    await open([found("vm-prod-1", "100", { risk: "high" }), found("vm-dev-1", "80")]);
    const before = await list();
    expect(names(before)).toEqual(["vm-dev-1", "vm-prod-1"]);
    expect(before.order).toMatchObject({ by: "rule", decisionCount: 0, neededCount: 40, backtest: null });
    await decide(20);
    await analyze();
    const { order } = await list();
    expect(order.by).toBe("rule");
    expect(order.why).toMatch(/too few decisions to learn from \(\d+ of 40\)/);
    const bySaving = await list({ order: "savings" });
    expect(names(bySaving)).toEqual(["vm-prod-1", "vm-dev-1"]);
    expect(bySaving.order).toMatchObject({ by: "savings", why: expect.stringContaining("as asked") });
  });

  test("what a team accepts is learned, said, and is the order of the plan too; no figure changes", async () => {
    await open([found("vm-prod-1", "100"), found("vm-dev-1", "80"), found("vm-dev-2", "30")]);
    const figures = async () => ({
      list: (await list()).rows.map(({ title, monthlySavings }) => [title, monthlySavings]).sort(),
      total: await call("get_savings_total"),
      plan: (await call<SavingsPlanOutput>("plan_savings")).plans.map(({ steps, ...plan }) => [
        plan,
        steps.map(({ title, monthlySavings }) => [title, monthlySavings]).sort(),
      ]),
    });
    const before = await figures();
    expect(names(await list())).toEqual(["vm-prod-1", "vm-dev-1", "vm-dev-2"]);
    await decide(150);
    await analyze();
    const learned = await list();
    expect(names(learned)).toEqual(["vm-dev-1", "vm-dev-2", "vm-prod-1"]);
    expect(learned.order).toMatchObject({
      by: "learned",
      why: expect.stringMatching(/Ordered by what your team accepted: on \d+ later decisions it reached/),
      backtest: { chanceRatio: expect.stringMatching(/^0\.0/) },
    });
    const plan = await call<SavingsPlanOutput>("plan_savings");
    expect(plan.plans[0]!.steps.map(({ title }) => title)).toEqual(names(learned));
    expect(plan.order).toEqual(learned.order);
    expect(await figures()).toEqual(before);
    // The same decisions again: the same order with the same proof.
    await analyze();
    const { trainedAt: _, ...again } = (await list()).order;
    expect(learned.order).toMatchObject(again);
  });

  test("an organization learns from its own decisions alone", async () => {
    const other = await tools.createOrganization("Fabrikam");
    await open([found("vm-prod-1", "100"), found("vm-dev-1", "80")]);
    await open([found("vm-prod-1", "100"), found("vm-dev-1", "80")], other);
    await decide(150, other);
    await analyze(other);
    await analyze();
    expect((await list({}, other)).order.by).toBe("learned");
    const own = await list();
    expect(own.order).toMatchObject({ by: "rule", decisionCount: 0 });
    expect(names(own)).toEqual(["vm-prod-1", "vm-dev-1"]);
  });

  const decisions = () => contextOf(organization).read((transaction) => listDecisions(transaction, 730));

  test("what was known when it was decided stays, whatever becomes of the recommendation", async () => {
    const one = found("vm-prod-1", "100");
    await open([one]);
    const status = (to: "implemented" | "open") => call("update_recommendation", { id: one.id, status: to });
    await status("implemented");
    await status("open");
    await open([{ ...one, id: crypto.randomUUID(), monthlySavings: "7", risk: "high" }]);
    await call("dismiss_recommendation", { id: one.id });
    expect(
      (await decisions()).map(({ outcome, known }) => [outcome, known.monthlySavings, known.risk]),
    ).toEqual([
      ["implemented", "100", "low"],
      ["reopened", "100", "low"],
      ["dismissed", "7", "high"],
    ]);
  });

  test("what was done is measured by the cost of its resource before and after", async () => {
    const one = found("vm-1", "73");
    await open([one], organization, new Date("2026-08-20T08:00:00Z"));
    const cost = (day: number, amount: string) =>
      costRow({
        day: Temporal.PlainDate.from("2026-08-01").add({ days: day }).toString(),
        cost: amount,
        resourceId: one.resourceId,
        subAccountId: "s",
      });
    await loadRows(
      tools,
      organization,
      Array.from({ length: 30 }, (_, day) => cost(day, "2.4")),
    );
    await loadRows(
      tools,
      organization,
      Array.from({ length: 29 }, (_, day) => cost(day + 31, "1.2")),
    );
    await contextOf(organization).write((transaction) =>
      markImplemented(transaction, [one.id], new Date("2026-08-31T10:00:00Z")),
    );
    await analyze();
    expect((await list()).order).toMatchObject({ decisionCount: 1, measuredCount: 1 });
  });

  test("a suppression decides, an analysis that finds the waste gone only where somebody had begun", async () => {
    const [begun, untouched, suppressed] = ["vm-1", "vm-2", "vm-3"].map((name) => found(name, "10"));
    await open([begun!, untouched!, suppressed!]);
    await call("update_recommendation", { id: begun!.id, status: "in_progress" });
    await call("suppress_recommendations", { resourceId: suppressed!.resourceId, reason: "Kept" });
    await contextOf(organization).write((transaction) =>
      expireRecommendations(
        transaction,
        at,
        [begun!, untouched!].map(({ resourceId, type }) => ({ resourceId, type })),
        { reason: "The waste is gone." },
      ),
    );
    expect(
      (await decisions()).map(({ recommendationId, outcome }) => [recommendationId, outcome]).sort(),
    ).toEqual(
      [
        [suppressed!.id, "suppressed"],
        [begun!.id, "implemented"],
      ].sort(),
    );
  });

  test("what a proposal did or undid is not said of who gave the status before", async () => {
    const one = found("vm-1", "10");
    await open([one]);
    await call("update_recommendation", { id: one.id, status: "in_progress", reason: "Ticket 7" });
    await contextOf(organization).write(async (transaction) => {
      await markImplemented(transaction, [one.id], at);
      await reopenImplemented(transaction, [one.id], at);
    });
    const { rows } = await contextOf(organization).read((transaction) =>
      sql<{ to: string; by: string | null; reason: string }>`select to_status as to, changed_by as by, reason
        from recommendation_changes where recommendation_id = ${one.id}::uuid order by id`.execute(
        transaction,
      ),
    );
    expect(rows.slice(1)).toEqual([
      { to: "in_progress", by: expect.any(String), reason: "Ticket 7" },
      { to: "implemented", by: null, reason: "A proposal that was approved did it." },
      { to: "open", by: null, reason: "Its change was undone." },
    ]);
    expect((await decisions()).map(({ outcome }) => outcome)).toEqual(["implemented", "reopened"]);
  });
});
