import { randomUUID } from "node:crypto";
import { withTenant } from "@cloudoptima/db/client.ts";
import { keepRanking } from "@cloudoptima/db/queries/recommendation-rankings.ts";
import { keepRecommendations, type NewRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { goodPlatform } from "@cloudoptima/tools/assessment/testing/good-platform.ts";
import { assessed } from "@cloudoptima/tools/assessment/testing/good-resource.ts";
import { keepInventory } from "@cloudoptima/tools/assessment/testing/keep-inventory.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate, now } from "../../../testing/agent-estate.ts";

const good = assessed(goodPlatform.find(({ name }) => name === "st")!);
const named = (name: string) => ({ ...good, id: `${good.id}${name}`, name });
const window = { start: "2026-11-01", end: "2026-11-15" };

function recommendation(
  id: string,
  name: string,
  type: string,
  saved: string,
  more: Partial<NewRecommendation> = {},
): NewRecommendation & { id: string } {
  const resourceId = named(name).id.toLowerCase();
  return {
    id,
    resourceId,
    type,
    title: `Act on ${name} (${type})`,
    description: "",
    impact: "low",
    effort: "easy",
    risk: "low",
    monthlySavings: saved,
    annualSavings: String(Number(saved) * 12),
    currency: "USD",
    confidence: "0.9",
    evidence: [{ label: "Maximum CPU, 95th percentile", value: "1.25", unit: "percent", window }],
    metadata: {
      basis:
        "Mean daily effective cost of the days in this state × 365/12 a month. What a reservation or savings plan pays is not counted.",
      effects: [
        {
          resourceId,
          component: "compute",
          monthlyCost: "100",
          change: { kind: "amount", monthlySavings: saved },
        },
      ],
      confidenceReasons: ["Idle by Azure Advisor's shutdown rule over 14 days."],
      counterEvidence: [{ looked: "Site Recovery tag", found: null }],
      steps: [
        "Ask the owner.",
        "Stop it; starting again takes 2 minutes. Then wait.",
        "Starting it takes about two minutes.",
      ],
    },
    ...more,
  };
}

/** A question, the tool that answers it, its input, and what the answer says. */
const cases: [string, string, Record<string, unknown>, RegExp][] = [
  [
    "what should I optimize first?",
    "plan_savings",
    {},
    /save \$150\.00 a month in total[\s\S]*1\. Act on st-idle[\s\S]*\n\nEach step[\s\S]*Too few decisions[\w' ]*: 0 of 40/,
  ],
  [
    "top 5 recommendations by savings",
    "list_recommendations",
    { limit: 5, order: "savings" },
    /st-idle[\s\S]*st-night/,
  ],
  [
    "which recommendation saves the most a year?",
    "list_recommendations",
    { order: "savings" },
    /^st-idle saves the most: "Act on st-idle \(idle_vm\)" saves \$1,080 a year, \$90\.00 a month\./,
  ],
  [
    "which team wastes the most money?",
    "get_savings_total",
    { by: "tag", byTag: "Team" },
    /\$150\.00 a month[\s\S]*: \$150\.00 a month from 2/,
  ],
  [
    "how many recommendations are there per resource group",
    "get_savings_total",
    { by: "resource_group" },
    /^rg-[\w-]+ could save the most: \$150\.00 a month by 2 recommendations/,
  ],
  ["savings by category please", "get_savings_total", {}, /- Idle virtual machine: \$90\.00 a month from 1/],
  [
    "what is the total if we do everything? monthly + yearly",
    "get_savings_total",
    {},
    /\$150\.00 a month, \$1,800 a year/,
  ],
  ["which savings did we already realise?", "get_savings_total", { realized: true }, /No change was made/],
  ["list every low-risk fix", "plan_savings", { riskAtMost: "low" }, /\$90\.00 a month/],
  ["how much will we save if we do only the top 1", "plan_savings", {}, /1\. Act on st-idle/],
  ["list the recommendations", "list_recommendations", {}, /Ordered by saving and confidence/],
  ["How much can we save at low risk this week?", "plan_savings", { riskAtMost: "low" }, /\$90\.00 a month/],
  ["easy wins", "plan_savings", { effortAtMost: "easy" }, /at little effort/],
  ["make a savings plan", "plan_savings", {}, /\$150/],
  ["what was excluded and why?", "plan_savings", {}, /1 recommendations are excluded[\s\S]*cannot be done/],
  [
    "why is st-idle flagged?",
    "list_recommendations",
    { resource: "st-idle" },
    /percentile: 1.3 %.*\n\nLooked for[\s\S]*Site Recovery tag \(not found\)[\s\S]*Confidence 90.0 %[\s\S]*computed: Mean daily/,
  ],
  [
    "why do you recommend to resize st-idle?",
    "list_recommendations",
    { resource: "st-idle" },
    /is flagged as/,
  ],
  [
    "which recommendations did we dismiss?",
    "list_recommendations",
    { status: "dismissed" },
    /1 recommendations were dismissed[\s\S]*st-kept/,
  ],
  [
    "why was st-night not recommended for anything else?",
    "list_recommendations",
    { resource: "st-night", explain: true },
    /not found:\n- Cheaper storage tier: (?:cannot be told|It )[\s\S]*st-night is flagged as nightly shutdown/,
  ],
  ["oversized VMs", "list_recommendations", { type: "vm_rightsizing" }, /st-idle/],
  ["old snapshots", "list_recommendations", { type: "snapshot_cleanup" }, /Nothing to save/],
  ["idle load balancers", "list_recommendations", { type: "idle_load_balancer" }, /Nothing to save/],
  ["which VMs can we switch off at night?", "list_recommendations", { type: "auto_shutdown" }, /st-night/],
  [
    "which databases are too big?",
    "list_recommendations",
    { type: "database_rightsizing" },
    /Nothing to save/,
  ],
];

// What the tools answer is tested on both engines beside them: this is how it is understood and said.
describeOneEngine("server", "the analyst on recommendations", (engine) => {
  let estate: AgentEstate;
  beforeAll(async () => {
    estate = await createAgentEstate(engine.database());
    const { actor, service } = estate;
    const kept = randomUUID();
    await withTenant(engine.database(), actor.organizationId, { access: "write" }, async (transaction) => {
      await keepInventory(
        transaction,
        actor.organizationId,
        new Date(now),
        ["st-idle", "st-night", "st-kept"].map(named),
      );
      await keepRecommendations(transaction, actor.organizationId, new Date(now), [
        recommendation(randomUUID(), "st-idle", "idle_vm", "90"),
        recommendation(randomUUID(), "st-idle", "vm_rightsizing", "40"),
        recommendation(randomUUID(), "st-night", "auto_shutdown", "60", { risk: "medium", effort: "medium" }),
        recommendation(kept, "st-kept", "idle_vm", "30"),
      ]);
    });
    await service.invoke({ actor, name: "dismiss_recommendation", input: { id: kept }, source: "web" });
  });

  test.each(cases)("%s", async (question, tool, input, said) => {
    const { answer, toolCalls } = await estate.ask(question);
    expect(toolCalls, answer).toMatchObject([{ name: tool, input }]);
    expect(answer.replaceAll(/[*\\`]/g, "").replaceAll(/\[([^\]]+)\]\(#figure-\d+\)/g, "$1")).toMatch(said);
    expect(answer).not.toContain("unproven");
  });

  test("an order that was learned is said with its proof, first in the list and in the plan", async () => {
    await withTenant(engine.database(), estate.actor.organizationId, { access: "write" }, (transaction) =>
      keepRanking(transaction, estate.actor.organizationId, {
        trainedAt: new Date(now),
        verdict: "learned",
        decisionCount: 70,
        acceptedCount: 40,
        measuredCount: 12,
        judgedCount: 28,
        ruleReached: "0.6123",
        learnedReached: "0.7841",
        chance: "0.0125",
        model: { constant: 0, weights: { "type auto_shutdown": 3, "type idle_vm": -3 }, usualSavings: {} },
      }),
    );
    for (const question of ["list the recommendations", "what should I optimize first?"]) {
      const { answer } = await estate.ask(question);
      const said = answer.replaceAll(/[*\\`]/g, "").replaceAll(/\[([^\]]+)\]\(#figure-\d+\)/g, "$1");
      expect(said).toMatch(/(?:- |1\. Act on )st-night/);
      expect(said.indexOf("st-night")).toBeLessThan(said.indexOf("st-idle"));
      expect(said).toMatch(
        /your team accepted: on 28 later decisions it reached 78\.4 %[\s\S]*the rule 61\.2 %/,
      );
      expect(answer).not.toContain("unproven");
    }
  });

  test("what is not flagged, and what does not exist, is said", async () => {
    const { answer, figures } = await estate.ask("why is vm-nowhere-7 flagged?");
    expect(answer).toContain('There is no resource named "vm-nowhere-7"');
    expect(figures).toEqual([]);
  });
});
