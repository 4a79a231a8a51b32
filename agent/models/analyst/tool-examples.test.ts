import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { definitions } from "@cloudoptima/tools/registry.gen.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate } from "../../testing/agent-estate.ts";

// Those of proposals need a cloud: propose.test.ts has one.
const examples = definitions.flatMap((definition) =>
  definition.kind === "tool" && !/propos/.test(definition.name)
    ? definition.examples.map((example) => [definition.name, example] as const)
    : [],
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
  ["get_cost_breakdown", "how much of our October cost was spent on databases?"],
  ["get_cost_breakdown", "which 2 teams cost the most in Q3?"],
  ["get_cost_breakdown", "spend by subscription and region in 2025"],
  ["get_cost_breakdown", "spend in Virginia in September 2024"],
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
  ["compare_costs", "are we spending more than last month?"],
  ["list_recommendations", "any public ips we don't use?"],
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

/** Questions that no tool answers, and what the answer must say. */
const withoutTool: [string, RegExp][] = [
  ["migrate everything to the newest size", /Nothing was changed/],
  ["what will we spend next month?", /no forecast/],
  ["forecast next year", /no forecast/],
  ["are there anomalies?", /can't find anomalies/],
  ["write me a poem about EC2", /not understood/],
  ["what's the weather", /not understood/],
  ["tell me a joke", /not understood/],
  ["how much did marketing spend on lambda", /no AWS Lambda[\s\S]*"marketing"/],
  ["cost in Antarctica", /no .*"Antarctica"/],
  ["what did we spend on 03/04/2026", /can mean 3 Apr 2026 or 4 Mar 2026/],
  ["cost by tag", /which tag\?/i],
  ["what does effective cost mean", /amortized/],
  ["hello", /can be answered/],
];

// The tools that it calls run on both engines beside the tools: this is which ones it calls.
describeOneEngine("server", "the analyst chooses the tool", (engine) => {
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

  test.each(withoutTool)("no tool: %s", async (question, said) => {
    const answer = await estate.ask(question);
    expect(answer.toolCalls).toEqual([]);
    expect(answer.answer).toMatch(said);
    expect(answer.answer).not.toContain("unproven");
  });

  test("a change that nothing recommends is not proposed", async () => {
    const answer = await estate.ask("right-size the databases");
    expect(answer.toolCalls.map(({ name }) => name)).toEqual(["list_recommendations"]);
    expect(answer.answer).toMatch(/nothing was proposed/);
  });

  test("a change of everything is asked about, not looked up", async () => {
    const answer = await estate.ask("resize everything to the smallest size");
    expect(answer.toolCalls).toEqual([]);
    expect(answer.answer).toMatch(/Nothing was proposed.*Which ones\?/);
  });

  test("untagged by no tag named: asks back, with what the likeliest tags come to", async () => {
    const answer = await estate.ask("untagged cost in October 2026");
    expect(answer.answer).toMatch(/which tag\?/i);
    expect(answer.toolCalls.map(({ name }) => name)).toEqual([
      "get_cost_breakdown",
      "get_cost_breakdown",
      "get_cost_breakdown",
    ]);
    expect(answer.figures).toHaveLength(3);
    expect(answer.answer).not.toContain("unproven");
  });

  test("a period without data is said, with what there is", async () => {
    const answer = await estate.ask("what did we spend in 2019?");
    expect(answer.answer).toContain("There is no cost data for 1 Jan - 31 Dec 2019");
    expect(answer.answer).toContain("Next: What did we spend in November 2026 by service");
    expect(answer.answer).not.toContain("unproven");
  });

  test("the lines of a breakdown add up to its total", async () => {
    const { figures } = await estate.ask("What did we spend in October 2026 by resource?");
    expect(figures.find(({ formula }) => formula === "identity")?.unit).toBe("USD");
    for (const { sources, text } of figures) {
      expect(sources.length).toBeGreaterThan(0);
      expect(text).not.toBe("");
    }
  });
});
