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
      "how many resources are there",
    ],
    ["What did we spend in October 2026? How many VMs do we have?", "How many VMs do we have"],
    ["How many VMs do we have and what did we spend in October 2026 by service?", "How many VMs do we have"],
    ["What did we spend last month by service, and which region was the most expensive?", "which region"],
    ["What did we spend in October 2026 and what will we spend next month?", "What did we spend in October"],
  ])("%s: the part without an answer is named", async (question, part) => {
    const { answer } = await estate.ask(question);
    expect(answer).toContain("Not answered here: ");
    expect(answer.slice(answer.indexOf("Not answered here: "))).toContain(part);
    expect(answer).not.toContain("unproven");
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
