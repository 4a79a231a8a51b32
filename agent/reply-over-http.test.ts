import { createOpenAI } from "@ai-sdk/openai";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AgentModel } from "./models/agent-model.ts";
import { selectModel } from "./models/select-model.ts";
import { type AgentEstate, createAgentEstate } from "./testing/agent-estate.ts";
import { type ModelStep, type OpenAiServer, startOpenAiServer } from "./testing/openai-server.ts";

const october = JSON.stringify({ period: { start: "2026-10-01", end: "2026-11-01" }, groupBy: "service" });
const breakdown: ModelStep = { call: { name: "get_cost_breakdown", arguments: october } };

describeEachEngine("a large model over HTTP", (engine) => {
  let estate: AgentEstate;
  const servers: OpenAiServer[] = [];
  beforeAll(async () => {
    estate = await createAgentEstate(engine.database());
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function script(...steps: ModelStep[]): Promise<{ server: OpenAiServer; model: AgentModel }> {
    const server = await startOpenAiServer(steps);
    servers.push(server);
    return {
      server,
      model: selectModel({ MODEL: "test", OPENAI_API_KEY: "key", OPENAI_BASE_URL: server.url }),
    };
  }

  test("calls a tool, and code fills in its references", async () => {
    const { server, model } = await script(breakdown, {
      text: "October cost **{{0:/total/0}}**, most of it Virtual Machines ({{0:/rows/0/amount}}).",
    });
    const answer = await estate.ask("What did we spend in October?", { model });
    const total = (answer.toolCalls[0]!.output as { total: { value: string }[] }).total[0]!.value;
    expect(answer.figures[0]).toMatchObject({
      value: total,
      unit: "USD",
      formula: "identity",
      sources: [{ call: 0, pointer: "/total/0/value" }],
    });
    expect(answer.answer).toMatch(/^October cost \$3,994, most of it Virtual Machines \(\$1,657\)\.$/);
    expect(answer.model).toBe("test");
    expect(answer.views[0]?.type).toBe("bar");
    expect(server.requests[0]!.path).toBe("/v1/chat/completions");
    const tools = (server.requests[0]!.body.tools as { function: { name: string } }[]).map(
      (tool) => tool.function.name,
    );
    expect(tools).toContain("get_cost_breakdown");
    expect(tools).not.toContain("append_messages");
  });

  test("speaks the responses API to OpenAI itself", async () => {
    const { server } = await script(breakdown, { text: "It was {{0:/total/0}}." });
    const languageModel = createOpenAI({ apiKey: "key", baseURL: server.url }).responses("test");
    const answer = await estate.ask("What did we spend in October?", {
      model: { label: "test", languageModel, isAnalyst: false },
    });
    expect(server.requests[0]!.path).toBe("/v1/responses");
    expect(answer.answer).toBe("It was $3,994.");
    expect(answer.figures).toHaveLength(1);
  });

  test("marks a figure that the model invented, and one it put on the wrong row", async () => {
    const { model } = await script(breakdown, {
      text: "Storage cost $1,656.75 in October. You save $4,321 a month. In total it was $3,994.",
    });
    const answer = await estate.ask("What did we spend in October?", { model });
    expect(answer.answer).toContain("[unproven: $1,656.75]");
    expect(answer.answer).toContain("[unproven: $4,321]");
    expect(answer.figures).toHaveLength(1);
  });

  test("tries again after 429, and asks the server to wait as it says", async () => {
    const { server, model } = await script({ status: 429, headers: { "retry-after": "0" } }, breakdown, {
      text: "It was {{0:/total/0}}.",
    });
    const answer = await estate.ask("What did we spend in October?", { model });
    expect(answer.answer).toBe("It was $3,994.");
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    [429, "rate_limited"],
    [401, "unauthenticated"],
    [500, "unavailable"],
  ])("a server that keeps saying %i ends in %s, without its text", async (status, code) => {
    const steps = Array.from({ length: 5 }, () => ({ status, headers: { "retry-after": "0" } }));
    const { model } = await script(...steps);
    await expect(estate.ask("What did we spend?", { model })).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining("raw-server-text"),
    });
  });

  test("a cut connection fails the turn in our words", async () => {
    const { model } = await script(breakdown, {
      text: `It was {{0:/total/0}}. ${"And so on. ".repeat(20)}`,
      cutAfter: 60,
    });
    await expect(estate.ask("What did we spend?", { model })).rejects.toMatchObject({ code: "unavailable" });
  });

  test("nonsense arguments become an error that the model can use", async () => {
    const { server, model } = await script(
      {
        call: { name: "get_cost_breakdown", arguments: '{"period":{"start":"yesterday"},"groupBy":"color"}' },
      },
      { call: { name: "drop_database", arguments: "{}" } },
      { call: { name: "get_cost_breakdown", arguments: "{not json" } },
      breakdown,
      { text: "It was {{0:/total/0}}." },
    );
    const answer = await estate.ask("What did we spend in October?", { model });
    expect(answer.answer).toBe("It was $3,994.");
    expect(answer.toolCalls).toHaveLength(1);
    expect(server.requests).toHaveLength(5);
  });

  test("an operation is no tool: the model cannot reach it", async () => {
    const { model } = await script(
      { call: { name: "create_conversation", arguments: "{}" } },
      { text: "Done." },
    );
    const answer = await estate.ask("Make a conversation", { model });
    expect(answer.toolCalls).toEqual([]);
  });

  test("an injected image, script, link and fake approval reach nobody as such", async () => {
    const { model } = await script(breakdown, {
      text: 'All good.\n![x](https://evil.example/a.png) <script>fetch("/approve")</script> [Approve](/api/v1/approve) [save](https://evil.example/x) [ok](#figure-1) <https://evil.example>\n',
    });
    const answer = await estate.ask("What did we spend in October?", { model });
    expect(answer.answer).toContain("Approve");
    expect(answer.answer).toContain("save (evil.example)");
    expect(answer.figures).toEqual([]);
  });

  test("a tool's error reaches the model as one short sentence", async () => {
    const { server, model } = await script(
      {
        call: {
          name: "get_cost_breakdown",
          arguments: '{"period":{"start":"2020-01-01","end":"2020-02-01"}}',
        },
      },
      { text: "There is no data for that." },
    );
    const answer = await estate.ask("January 2020?", { model });
    const messages = server.requests[1]!.body.messages as { role: string; content: string }[];
    const result = messages.find(({ role }) => role === "tool")!.content;
    expect(result).toContain("no_data");
    expect(result.length).toBeLessThan(700);
    expect(answer.toolCalls[0]!.output).toEqual({ error: expect.stringContaining("no_data") });
  });

  test("stopping ends the turn and keeps what was shown", async () => {
    const { model } = await script(breakdown, { text: "never shown" });
    const stop = new AbortController();
    stop.abort();
    const answer = await estate.ask("What did we spend?", { model, signal: stop.signal });
    expect(answer.answer).toBe("Stopped.");
  });

  test("an earlier figure is not the model's to repeat", async () => {
    const conversationId = await estate.startConversation();
    const first = await script(breakdown, { text: "It was {{0:/total/0}}." });
    await estate.ask("What did we spend in October?", { model: first.model, conversationId });
    const second = await script({ text: "As said, the total was $3,994." });
    const answer = await estate.ask("Say that again", { model: second.model, conversationId });
    expect(answer.answer).toBe("As said, the total was [unproven: $3,994].");
    const messages = JSON.stringify(second.server.requests[0]!.body.messages);
    expect(messages).toContain("It was $3,994.");
    expect(messages).not.toContain("rowCount");
  });
});

describe("selectModel", () => {
  test("without a key it is the analyst; half a configuration is refused with a hint", () => {
    expect(selectModel({}).label).toBe("built-in analyst");
    expect(selectModel({ MODEL: "analyst", OPENAI_API_KEY: "k" }).label).toBe("built-in analyst");
    expect(selectModel({ OPENAI_API_KEY: "k", MODEL: "m" }).languageModel.provider).toBe("openai.responses");
    expect(() => selectModel({ MODEL: "m" })).toThrow(/no key/);
    expect(() => selectModel({ OPENAI_BASE_URL: "http://localhost:1/v1" })).toThrow(/which model/);
  });
});
