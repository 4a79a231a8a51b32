import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allChecks } from "../assessment/all-checks.ts";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import type { KnowledgeDocument } from "./knowledge-shapes.ts";
import type { KnowledgeFound } from "./search-knowledge.tool.ts";
import { type EmbeddingServer, startEmbeddingServer } from "./testing.ts";

const runbook = `# Nightly copies

Every database of Contoso is copied at 02:00 UTC. The copies lie in the vault of the platform team for five weeks.

# Naming

Resource groups are named rg-TEAM-STAGE. ${"A name says who pays and what may break. ".repeat(60)}So be it.`;

describeEachEngine("knowledge", (engine) => {
  let server: EmbeddingServer;
  beforeAll(async () => {
    server = await startEmbeddingServer();
  });
  afterAll(() => server?.close());

  interface World {
    tools: TestTools;
    admin: Actor;
    call<Output>(name: string, input?: Record<string, unknown>, actor?: Actor): Promise<Output>;
  }
  async function open(embeds = false): Promise<World> {
    const tools = createTestTools({
      database: engine.database(),
      now: "2026-10-05T09:30:00Z",
      ...(embeds ? { embedder: server.embedder } : {}),
    });
    const admin = tools.actor(await tools.createOrganization());
    return {
      tools,
      admin,
      call: async <Output>(name: string, input: Record<string, unknown> = {}, actor: Actor = admin) =>
        (await tools.invoke({ actor, name, input, source: "web" })).output as Output,
    };
  }
  const search = (world: World, question: string, more: Record<string, unknown> = {}) =>
    world.call<KnowledgeFound>("search_knowledge", { question, ...more });
  const add = (world: World, document: Record<string, unknown>) =>
    world.call<KnowledgeDocument>("add_knowledge", { title: "Copies and names", text: runbook, ...document });

  test("a file is kept by its text, found like any document, and refused to whom does not manage settings", async () => {
    const world = await open();
    const fileName = "Copies.html";
    const page = "<title>Copies</title><h1>Copies</h1><p>The vault of the platform team holds them.</p>";
    const input = { fileName, base64: Buffer.from(page).toString("base64") };
    const kept = await world.call<KnowledgeDocument>("upload_knowledge", input);
    expect(kept).toMatchObject({ title: "Copies", source: null, passageCount: 1 });
    const { passages } = await search(world, "Which vault holds the copies?");
    expect(passages[0]).toMatchObject({ kind: "document", title: "Copies" });
    expect(passages[0]!.text).toContain("The vault of the platform team holds them.");
    await expect(world.call("upload_knowledge", input)).rejects.toMatchObject({ code: "conflict" });
    const viewer = { ...world.admin, role: "member" as const };
    await expect(world.call("upload_knowledge", input, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(world.call("upload_knowledge", { ...input, base64: "%%%" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("guidance comes with a refresh, once, and is found by its words with its source", async () => {
    const world = await open();
    expect((await search(world, "availability zones")).note).toContain("not here yet");
    expect(await world.call("refresh_knowledge")).toEqual({ changed: allChecks.length, embedded: 0 });
    expect(await world.call("refresh_knowledge")).toEqual({ changed: 0, embedded: 0 });
    const { passages, searchedBy } = await search(
      world,
      "What does the framework say about availability zones?",
    );
    expect(searchedBy).toBe("words");
    expect(passages).toHaveLength(4);
    for (const { kind, text, title, source, checkId } of passages) {
      expect(kind).toBe("guidance");
      expect(`${title} ${text}`).toMatch(/zone|availab/i);
      expect(source).toMatch(/^https:\/\/learn\.microsoft\.com\//);
      expect(allChecks.map(({ id }) => id)).toContain(checkId);
    }
    expect((await search(world, "zebras")).note).toContain("Neither");
    expect((await search(world, "zones", { limit: 1 })).passages).toHaveLength(1);
  });

  test("a document of one's own is cut into passages, found, listed and deleted", async () => {
    const world = await open();
    const added = await add(world, { source: "https://wiki.contoso.example/copies" });
    expect(added).toMatchObject({ title: "Copies and names", characters: runbook.length });
    expect(added.passageCount).toBeGreaterThan(2);
    const [first] = (await search(world, "when are databases copied?")).passages;
    expect(first).toMatchObject({
      kind: "document",
      source: "https://wiki.contoso.example/copies",
      checkId: null,
    });
    expect(first!.text).toMatch(/^Nightly copies\.\s+Every database .* at 02:00 UTC/);
    await expect(add(world, {})).rejects.toMatchObject({ code: "conflict" });
    expect(await world.call("list_knowledge")).toEqual({ documents: [added] });
    await world.call("delete_knowledge", { id: added.id });
    expect((await search(world, "when are databases copied?")).passages).toEqual([]);
    await expect(world.call("delete_knowledge", { id: added.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("another organization sees and deletes none of it; who may not manage adds nothing", async () => {
    const [mine, other] = [await open(), await open()];
    const added = await add(mine, {});
    expect((await search(other, "when are databases copied?")).passages).toEqual([]);
    await expect(other.call("delete_knowledge", { id: added.id })).rejects.toMatchObject({
      code: "not_found",
    });
    const viewer = mine.tools.actor({ id: mine.admin.organizationId, name: "x" }, "viewer");
    await expect(mine.call("add_knowledge", { title: "No", text: "no" }, viewer)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await mine.call<{ documents: unknown[] }>("list_knowledge", {}, viewer)).documents).toHaveLength(
      1,
    );
  });

  test("any text is a question or a document: quotes, operators, emoji, nothing but stop words", async () => {
    const world = await open();
    await add(world, { title: '100 % "odd" & <b>names</b> 🚀', text: "one\r\n; drop table x; --" });
    for (const question of ["a & | ! b:*", "'\"\\", "🚀🚀", "the and of", "<->", "odd names"]) {
      await expect(search(world, question)).resolves.toMatchObject({ searchedBy: "words" });
    }
    expect((await search(world, "odd names")).passages[0]!.text).toBe("one\r\n; drop table x; --");
  });

  test("with a model, passages that share no word are found by meaning where the database knows vectors", async () => {
    const world = await open(true);
    const note = { title: "Runbook 7", text: "How we recover the ledger from its backup." };
    await add(world, note);
    await add(world, { title: "Runbook 8", text: "Which labels and marks a machine wears." });
    const { passages, searchedBy } = await search(world, "safety copy");
    if (engine.name === "server") {
      // The test server has no pgvector: words alone, and it says so.
      expect({ passages, searchedBy }).toEqual({ passages: [], searchedBy: "words" });
      return;
    }
    expect(searchedBy).toBe("words and meaning");
    expect(passages[0]).toMatchObject({ title: note.title, text: note.text });
    // Nothing is embedded twice, and what a failing model left out comes with the next refresh.
    const before = server.asked.length;
    expect(await world.call("refresh_knowledge")).toEqual({
      changed: allChecks.length,
      embedded: allChecks.length,
    });
    expect(server.asked.length - before).toBe(allChecks.length);
    server.answerWith(400);
    try {
      await add(world, { title: "Runbook 9", text: "The zanzibar of passwords." });
      expect(await search(world, "zanzibar")).toMatchObject({
        searchedBy: "words",
        passages: [{ title: "Runbook 9" }],
      });
    } finally {
      server.answerWith(200);
    }
    expect(await world.call("refresh_knowledge")).toEqual({ changed: 0, embedded: 1 });
  });
});
