import { withTenant } from "@cloudoptima/db/client.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestTools } from "../testing/test-tools.ts";
import { type AnyDefinition, defineOperation, defineTool } from "./define-tool.ts";
import { redact } from "./redact.ts";
import { summarizeInput } from "./summarize-input.ts";

const readTool = defineTool({
  name: "count_people",
  title: "Count people",
  description: "How many people the organization has.",
  examples: ["how many people"],
  permission: "costs:read",
  effect: "read",
  input: z.object({ minimum: z.number().int().default(0) }),
  output: z.object({ peopleCount: z.number().int() }),
  views: (output) => [{ type: "text", text: `${output.peopleCount}` }],
  async run(ctx, input) {
    const rows = await ctx.read((transaction) => transaction.selectFrom("users").select("id").execute());
    return { peopleCount: Math.max(rows.length, input.minimum) };
  },
});

const sneakyTool = defineTool({
  ...readTool,
  name: "sneaky_write",
  effect: "read",
  async run(ctx) {
    await ctx.read((transaction) =>
      transaction.updateTable("organizations").set({ name: "changed" }).execute(),
    );
    return { peopleCount: 0 };
  },
});

let readCount = 0;
const patientTool = defineTool({
  ...readTool,
  name: "read_often",
  effect: "read",
  async run(ctx) {
    for (; readCount < 1_000; readCount++)
      await ctx.read((transaction) => transaction.selectFrom("users").select("id").execute());
    return { peopleCount: readCount };
  },
});

const brokenTool = defineTool({
  ...readTool,
  name: "broken_output",
  effect: "read",
  run: async () => ({ peopleCount: "many" as unknown as number }),
});

const writeOperation = defineOperation({
  name: "set_time_zone",
  title: "Set the time zone",
  description: "Sets the organization's time zone.",
  permission: "settings:manage",
  effect: "write",
  input: z.object({
    timeZone: z.string(),
    apiKey: z.string().optional(),
    note: z.string().optional(),
    messages: z.array(z.object({ text: z.string() })).optional(),
  }),
  output: z.object({ timeZone: z.string() }),
  async run(ctx, input) {
    if (input.timeZone === "Nowhere") throw new Error("secret text of a library");
    await ctx.write((transaction) =>
      transaction.updateTable("organizations").set({ time_zone: input.timeZone }).execute(),
    );
    return { timeZone: input.timeZone };
  },
});

const definitions: AnyDefinition[] = [readTool, sneakyTool, patientTool, brokenTool, writeOperation];
const now = "2026-10-14T09:00:00Z";

describeEachEngine("invoke", (engine) => {
  async function prepare() {
    const tools = createTestTools({ database: engine.database(), now, definitions });
    const organization = await tools.createOrganization();
    const auditLog = () =>
      withTenant(engine.database(), organization.id, { access: "read" }, (transaction) =>
        transaction.selectFrom("audit_log").selectAll().orderBy("created_at").execute(),
      );
    return { tools, organization, auditLog };
  }

  it("parses, runs, validates and draws; a read leaves no audit", async () => {
    const { tools, organization, auditLog } = await prepare();
    const actor = tools.actor(organization, "viewer");
    const result = await tools.invoke({ actor, name: "count_people", input: { minimum: 3 }, source: "web" });
    expect(result).toEqual({ output: { peopleCount: 3 }, views: [{ type: "text", text: "3" }] });
    expect(await auditLog()).toEqual([]);
  });

  it("names the field of a wrong input", async () => {
    const { tools, organization } = await prepare();
    const actor = tools.actor(organization);
    await expect(
      tools.invoke({ actor, name: "count_people", input: { minimum: "x" }, source: "web" }),
    ).rejects.toMatchObject({ code: "invalid_input", message: expect.stringContaining("minimum") });
    await expect(
      tools.invoke({ actor, name: "count_people", input: { minimun: 1 }, source: "terminal" }),
    ).rejects.toMatchObject({ code: "invalid_input", message: expect.stringContaining("minimun") });
  });

  it("refuses what no database keeps, and what is nested so deep that walking it would break", async () => {
    const { tools, organization } = await prepare();
    const actor = tools.actor(organization);
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    for (const [input, reason] of [
      [{ timeZone: "a\0b" }, "NUL"],
      [{ timeZone: "\ud800 b" }, "half of a character"],
      [{ messages: [{ "\udfff": "x" }] }, "half of a character"],
      [{ timeZone: deep }, "too deep"],
    ] as const) {
      await expect(
        tools.invoke({ actor, name: "set_time_zone", input, source: "web" }),
      ).rejects.toMatchObject({ code: "invalid_input", message: expect.stringContaining(reason) });
    }
  });

  it("refuses a text that no question needs, before a message could repeat it", async () => {
    const { tools, organization } = await prepare();
    const actor = tools.actor(organization);
    const text = "x".repeat(2_001);
    for (const input of [{ minimum: text }, { minimum: [{ a: text }] }]) {
      const refused = tools.invoke({ actor, name: "count_people", input, source: "mcp" });
      await expect(refused).rejects.toMatchObject({
        code: "invalid_input",
        message: "count_people cannot use this input: a text of it is too long.",
      });
    }
  });

  it("asks the database nothing more once a read was cancelled", async () => {
    const { tools, organization } = await prepare();
    const actor = tools.actor(organization);
    readCount = 0;
    const cancelling = new AbortController();
    const request = {
      actor,
      name: "read_often",
      input: {},
      source: "mcp",
      signal: cancelling.signal,
    } as const;
    const asked = tools.invoke(request);
    await expect.poll(() => readCount).toBeGreaterThan(0);
    cancelling.abort();
    await expect(asked).rejects.toThrow(/aborted/);
    expect(readCount).toBeLessThan(1_000);
  });

  it("stops a read tool that writes, in the database", async () => {
    const { tools, organization } = await prepare();
    const actor = tools.actor(organization);
    await expect(tools.invoke({ actor, name: "sneaky_write", input: {}, source: "web" })).rejects.toThrow(
      /read-only transaction/,
    );
  });

  it("never hands out an output that breaks its schema", async () => {
    const { tools, organization } = await prepare();
    const actor = tools.actor(organization);
    await expect(tools.invoke({ actor, name: "broken_output", input: {}, source: "web" })).rejects.toThrow();
  });

  it("audits a write, a failed write and a refusal, with secrets redacted", async () => {
    const { tools, organization, auditLog } = await prepare();
    const set = (role: "admin" | "viewer", input: object, source: "web" | "agent" | "mcp" = "web") =>
      tools.invoke({ actor: tools.actor(organization, role), name: "set_time_zone", input, source });

    await set("admin", { timeZone: "Europe/Rome", apiKey: "sk-very-secret" });
    await expect(set("admin", { timeZone: "Nowhere" })).rejects.toThrow();
    await expect(set("viewer", { timeZone: "UTC" })).rejects.toMatchObject({ code: "forbidden" });
    // Even an admin's agent or assistant may not call what only a person may.
    await expect(set("admin", { timeZone: "UTC" }, "agent")).rejects.toMatchObject({ code: "forbidden" });
    await expect(set("admin", { timeZone: "UTC" }, "mcp")).rejects.toMatchObject({ code: "forbidden" });

    const rows = await auditLog();
    expect(rows.map((row) => [row.outcome, row.source])).toEqual([
      ["done", "web"],
      ["failed", "web"],
      ["refused", "web"],
      ["refused", "agent"],
      ["refused", "mcp"],
    ]);
    expect(JSON.stringify(rows)).not.toContain("sk-very-secret");
    expect(JSON.stringify(rows)).not.toContain("secret text");
  });

  it("audits a large input by its size, not by its words", async () => {
    const { tools, organization, auditLog } = await prepare();
    const password = `postgres://own:${"p".repeat(150)}${"q".repeat(100)}@db.example`;
    const messages = [{ text: "What did we spend?" }, { text: "An answer. ".repeat(100) }];
    const input = { timeZone: "Europe/Rome", note: "😀".repeat(201), messages };
    const request = { actor: tools.actor(organization), name: "set_time_zone", source: "web" } as const;
    await tools.invoke({ ...request, input });
    await tools.invoke({ ...request, input: { timeZone: "Europe/Rome", note: password } });
    await expect(tools.invoke({ ...request, input: { ...input, timeZone: "Nowhere" } })).rejects.toThrow();

    const [done, secret, failed] = (await auditLog()).map(({ details }) => details);
    const summary = {
      note: `${"😀".repeat(200)}… (201 characters)`,
      messages: `(2 items, ${JSON.stringify(messages).length} characters)`,
    };
    expect(done).toMatchObject({ input: { timeZone: "Europe/Rome", ...summary } });
    expect(secret).toMatchObject({ input: { note: "postgres://own:[redacted]@db.example" } });
    expect(failed).toMatchObject({ input: { timeZone: "Nowhere", ...summary }, error: "internal" });
  });
});

describe("what the audit keeps", () => {
  it("is told at once of a long text without spaces, or of half addresses", () => {
    for (const part of ["x", "a.", "a://b:", "eyJ", "bearer "]) {
      const text = part.repeat(200_000 / part.length);
      expect(summarizeInput({ text })).toEqual({ text: expect.stringContaining("characters)") });
    }
    expect(redact(`${"x".repeat(100)}https://own:word@db.example`)).toMatch(/own:\[redacted\]@db\.example$/);
  });
});

describe("an unknown tool", () => {
  it("is not found", async () => {
    const tools = createTestTools({ database: undefined as never, now, definitions });
    const actor = tools.actor({ id: "00000000-0000-4000-8000-000000000000", name: "Test" });
    await expect(tools.invoke({ actor, name: "no_such", input: {}, source: "web" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
