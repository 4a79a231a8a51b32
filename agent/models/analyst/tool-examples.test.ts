import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { definitions } from "@cloudoptima/tools/registry.gen.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate } from "../../testing/agent-estate.ts";

const examples = definitions.flatMap((definition) =>
  definition.kind === "tool" ? definition.examples.map((example) => [definition.name, example] as const) : [],
);

const rewordings: [string, string][] = [
  ["get_cost_breakdown", "wat did we spnd last mnth by servce"],
  ["get_cost_breakdown", "give me the top ten resources by cost"],
  ["get_cost_breakdown", "year to date"],
  ["get_cost_breakdown", "first week of september 2026"],
  ["get_cost_breakdown", "which region is cheapest"],
  ["get_cost_breakdown", "how much is vm-042 costing us"],
  ["get_cost_breakdown", "what share of our bill is bandwidth"],
  ["get_cost_trend", "average cost per day in October"],
  ["get_cost_breakdown", "storage vs bandwidth cost"],
  ["get_cost_breakdown", "how much did team data cost in october excluding storage"],
  ["get_cost_breakdown", "who spends the most"],
  ["get_cost_breakdown", "resources over $100 last month"],
  ["get_cost_breakdown", "billed vs effective cost last month"],
  ["get_cost_trend", "day by day cost of storage in October"],
  ["get_cost_trend", "which month was the most expensive this year"],
  ["get_cost_trend", "is storage getting more expensive?"],
  ["compare_costs", "which service grew the most?"],
  ["compare_costs", "September or October, which was more? compare them"],
  ["compare_costs", "Oct vs Sept by team"],
  ["explain_cost_change", "how come the bill went up in October"],
  ["explain_cost_change", "what is behind the higher cost last month"],
  ["search_resources", "how many public ips are there"],
  ["search_resources", "inventory of databases in rg-data"],
  ["list_recommendations", "anything idle in rg-dev?"],
  ["list_recommendations", "where are we wasting money"],
  ["get_savings_total", "what could we save a year"],
  ["get_data_freshness", "how up to date is this"],
  ["get_data_freshness", "when was the last import"],
];

describeEachEngine("the analyst chooses the tool", (engine) => {
  let estate: AgentEstate;
  beforeAll(async () => {
    estate = await createAgentEstate(engine.database());
  });

  test.each([...examples, ...rewordings])("%s: %s", async (tool, question) => {
    const answer = await estate.ask(question);
    expect(
      answer.toolCalls.map(({ name }) => name),
      answer.answer,
    ).toContain(tool);
    expect(answer.answer).not.toContain("unproven");
    expect(answer.answer.length).toBeGreaterThan(20);
  });
});
