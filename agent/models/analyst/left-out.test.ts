import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate } from "../../testing/agent-estate.ts";

describeEachEngine("a question of two parts", (engine) => {
  let estate: AgentEstate;
  beforeAll(async () => {
    estate = await createAgentEstate(engine.database());
  });

  test.each([
    [
      "Total billed cost per provider in October 2026, and how many resources are there?",
      ["get_cost_breakdown", "search_resources"],
    ],
    [
      "What did we spend in October 2026? How many VMs do we have?",
      ["get_cost_breakdown", "search_resources"],
    ],
    [
      "How many VMs do we have and what did we spend in October 2026 by service?",
      ["search_resources", "get_cost_breakdown"],
    ],
    [
      "What did we spend last month by service, and which region was the most expensive?",
      ["get_cost_breakdown", "get_cost_breakdown"],
    ],
    [
      "What did we spend per day on average in October 2026, and which day was the highest?",
      ["get_cost_trend", "get_cost_trend"],
    ],
  ])("%s: both parts are answered, with one next step", async (question, tools) => {
    const { answer, toolCalls } = await estate.ask(question);
    expect(toolCalls.map(({ name }) => name)).toEqual(tools);
    expect(answer).not.toContain("Not answered here: ");
    expect(answer).not.toContain("unproven");
    expect(answer.match(/Next: /g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  test("a part about days to come is refused beside the part that is answered", async () => {
    const { answer, toolCalls } = await estate.ask(
      "What did we spend in October 2026 and what will we spend next month?",
    );
    expect(toolCalls.map(({ name }) => name)).toEqual(["get_cost_breakdown"]);
    expect(answer).toMatch(/October 2026 cost \$/);
    expect(answer).toContain("There is no forecast yet");
  });

  test("a name that nothing has is said, whichever part it stands in", async () => {
    const { answer } = await estate.ask(
      "What did we spend in October 2026, and how many resources does team narnia have?",
    );
    expect(answer).toContain('There is no team named "narnia"');
  });

  test.each([
    "What did we spend in October 2026 by service and region?",
    "What changed in October 2026 and why?",
    "Which VMs are idle and how much could we save?",
    "What did we spend on storage and bandwidth last month?",
    "How much did we spend last month and why did it change?",
    "Hi. What did we spend last month?",
  ])("%s: nothing is called left out", async (question) => {
    expect((await estate.ask(question)).answer).not.toContain("Not answered here");
  });
});
