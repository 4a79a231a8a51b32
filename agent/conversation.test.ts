import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate } from "./testing/agent-estate.ts";

describeEachEngine("conversations", (engine) => {
  let estate: AgentEstate;
  beforeAll(async () => {
    estate = await createAgentEstate(engine.database());
  });

  const invoke = async (name: string, input: Record<string, unknown>, actor = estate.actor) =>
    (await estate.service.invoke({ actor, name, input, source: "web" })).output;

  test("a turn is kept as it was shown, and the first question names the conversation", async () => {
    const conversationId = await estate.startConversation();
    const answer = await estate.ask("What did we spend in October 2026 by service?", { conversationId });
    const kept = (await invoke("get_conversation", { id: conversationId })) as {
      title: string;
      messages: { role: string; content: string; parts: { type: string }[]; metadata: { model?: string } }[];
    };
    expect(kept.title).toBe("What did we spend in October 2026 by service?");
    expect(kept.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    const [, assistant] = kept.messages;
    expect(answer.answer.startsWith(assistant!.content)).toBe(true);
    expect(assistant!.metadata.model).toBe("built-in analyst");
    const types = new Set(assistant!.parts.map(({ type }) => type));
    for (const type of ["text", "data-figure", "data-view", "tool-get_cost_breakdown"])
      expect(types).toContain(type);
  });

  test("NUL and half of a character in a question are let go; the rest is answered and kept", async () => {
    const conversationId = await estate.startConversation();
    const { toolCalls } = await estate.ask("What did we spend in October\0 2026? \ud800", { conversationId });
    expect(toolCalls.map(({ name }) => name)).toEqual(["get_cost_breakdown"]);
    const { messages } = (await invoke("get_conversation", { id: conversationId })) as {
      messages: { content: string }[];
    };
    expect(messages[0]!.content).toBe("What did we spend in October 2026? \ufffd");
  });

  test("follow-ups build on the question before", async () => {
    const conversationId = await estate.startConversation();
    const say = async (message: string) => (await estate.ask(message, { conversationId })).toolCalls[0]!;
    await say("What did we spend in October 2026 by service?");
    expect((await say("and by region?")).input).toMatchObject({
      groupBy: "region",
      period: { start: "2026-10-01", end: "2026-11-01" },
    });
    expect((await say("what about August?")).input).toMatchObject({
      groupBy: "region",
      period: { start: "2026-08-01", end: "2026-09-01" },
    });
    expect((await say("only production")).input).toMatchObject({
      filters: [{ dimension: "tag", tagKey: "Environment", values: ["Production"] }],
    });
    expect((await say("same for billed")).input).toMatchObject({ costKind: "billed", groupBy: "region" });
    expect(await say("why?")).toMatchObject({
      name: "explain_cost_change",
      input: { costKind: "billed", period: { start: "2026-08-01", end: "2026-09-01" } },
    });
  });

  test("the chart of days told from today is pinned with those words, and so moves on", async () => {
    const conversationId = await estate.startConversation();
    await estate.ask("What did we spend last month by service?", { conversationId });
    await estate.ask("and by region?", { conversationId });
    await estate.ask("What did we spend in October 2026 by service?", { conversationId });
    const { messages } = (await invoke("get_conversation", { id: conversationId })) as {
      messages: { parts: { type: string; data?: { input: unknown; pinInput: unknown } }[] }[];
    };
    const pins = messages
      .flatMap(({ parts }) => parts)
      .flatMap(({ type, data }) => (type === "data-view" ? [data!.pinInput] : []));
    expect(pins).toMatchObject([
      { period: { words: "last month" }, groupBy: "service" },
      { period: { words: "last month" }, groupBy: "region" },
      { period: { start: "2026-10-01", end: "2026-11-01" }, groupBy: "service" },
    ]);
  });

  test("another person's conversation is invisible in every way", async () => {
    const id = await estate.startConversation();
    const messages = [{ id: crypto.randomUUID(), role: "user", content: "x", parts: [], metadata: {} }];
    const stranger = estate.colleague;
    expect(await invoke("list_conversations", {}, stranger)).toEqual({ conversations: [] });
    for (const [name, input] of [
      ["get_conversation", { id }],
      ["rename_conversation", { id, title: "mine" }],
      ["delete_conversation", { id }],
      ["append_messages", { conversationId: id, messages }],
    ] as const) {
      await expect(invoke(name, input, stranger)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(
      estate.ask("What did we spend?", { conversationId: id, actor: stranger }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(((await invoke("get_conversation", { id })) as { messages: unknown[] }).messages).toEqual([]);
  });

  test("conversations are renamed, listed latest first, and deleted with their messages", async () => {
    const first = await estate.startConversation();
    await invoke("append_messages", {
      conversationId: first,
      messages: [{ id: crypto.randomUUID(), role: "user", content: "x", parts: [], metadata: {} }],
    });
    await invoke("rename_conversation", { id: first, title: "Renamed" });
    const { conversations } = (await invoke("list_conversations", {})) as {
      conversations: { id: string; title: string }[];
    };
    expect(conversations.find(({ id }) => id === first)?.title).toBe("Renamed");
    await invoke("delete_conversation", { id: first });
    await expect(invoke("get_conversation", { id: first })).rejects.toMatchObject({ code: "not_found" });
  });

  test("two turns at once keep their order without a gap", async () => {
    const conversationId = await estate.startConversation();
    const message = (content: string) => ({
      id: crypto.randomUUID(),
      role: "user",
      content,
      parts: [],
      metadata: {},
    });
    await Promise.all(
      ["a", "b", "c"].map((name) =>
        invoke("append_messages", { conversationId, messages: [message(`${name}1`), message(`${name}2`)] }),
      ),
    );
    const { messages } = (await invoke("get_conversation", { id: conversationId })) as {
      messages: { content: string }[];
    };
    const contents = messages.map(({ content }) => content);
    expect(contents).toHaveLength(6);
    for (const name of ["a", "b", "c"])
      expect(contents.indexOf(`${name}2`)).toBe(contents.indexOf(`${name}1`) + 1);
  });

  test("pins belong to one person", async () => {
    const pin = await invoke("pin_answer", {
      title: "By service",
      toolName: "get_cost_breakdown",
      toolInput: { groupBy: "service" },
    });
    expect(await invoke("list_pins", {})).toMatchObject({
      pins: [{ id: pin.id, toolInput: { groupBy: "service" } }],
    });
    expect(await invoke("list_pins", {}, estate.colleague)).toEqual({ pins: [] });
    await expect(invoke("unpin", { id: pin.id }, estate.colleague)).rejects.toMatchObject({
      code: "not_found",
    });
    await invoke("unpin", { id: pin.id });
    expect(await invoke("list_pins", {})).toEqual({ pins: [] });
  });
});
