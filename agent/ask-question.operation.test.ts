import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { definitions } from "@cloudoptima/tools/registry.gen.ts";
import { createTestService } from "@cloudoptima/tools/testing/test-service.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import { APICallError } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { expect, test } from "vitest";
import { createAskQuestion } from "./ask-question.operation.ts";

const now = "2026-10-05T09:30:00Z";
const refusedKey = new APICallError({
  message: "no",
  url: "http://localhost/v1",
  requestBodyValues: {},
  statusCode: 401,
});

// What it answers, and for whom, is tested over REST (web/server/rest-routes.test.ts).
describeEachEngine("ask_question", (engine) => {
  test("keeps no empty conversation when the model fails, and says what failed", async () => {
    const failures = [new Error("the model is away"), refusedKey, refusedKey];
    const languageModel = new MockLanguageModelV4({
      doStream: async () => {
        throw failures.shift();
      },
    });
    const operation = createAskQuestion({
      service: () => service,
      model: { label: "away", isAnalyst: false, languageModel },
    });
    const tools = createTestTools({
      database: engine.database(),
      now,
      definitions: [...definitions, operation],
    });
    const actor = tools.actor(await tools.createOrganization("Contoso"));
    const service = createTestService(tools, { actor, now, operations: [operation] });
    const call = async (name: string, input: object) =>
      (await tools.invoke({ actor, name, input, source: "rest" })).output;

    await expect(call("ask_question", { question: "how much?" })).rejects.toMatchObject({
      code: "unavailable",
    });
    // Not "unauthenticated": that would send the caller to sign in again.
    await expect(call("ask_question", { question: "how much?" })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
    expect(await call("list_conversations", {})).toEqual({ conversations: [] });

    const { id } = await call("create_conversation", { title: "Mine" });
    await expect(call("ask_question", { question: "how much?", conversationId: id })).rejects.toThrow();
    expect(await call("get_conversation", { id: id as string })).toMatchObject({ title: "Mine" });
  });

  test("is no model's to call", async () => {
    const operation = createAskQuestion({
      service: () => {
        throw new Error("It must not run.");
      },
      model: { label: "none", isAnalyst: false, languageModel: new MockLanguageModelV4() },
    });
    const tools = createTestTools({ database: engine.database(), now, definitions: [operation] });
    const actor = tools.actor(await tools.createOrganization("Contoso"));
    for (const source of ["agent", "mcp"] as const) {
      const asked = tools.invoke({ actor, name: "ask_question", input: { question: "again" }, source });
      await expect(asked, source).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
