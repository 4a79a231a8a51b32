import { randomUUID } from "node:crypto";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { createTestService } from "@cloudoptima/tools/testing/test-service.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import { createTRPCClient, httpBatchStreamLink, TRPCClientError } from "@trpc/client";
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { answerKey } from "./answer-key.ts";
import { openRoutes, type RoutesUnderTest } from "./testing/routes-under-test.ts";
import type { AppRouter } from "./trpc.ts";

const now = "2026-10-05T09:30:00Z";

describeEachEngine("tRPC", (engine) => {
  let routes: RoutesUnderTest;
  let admin: Actor;
  let auditor: Actor;
  const addresses: string[] = [];

  beforeAll(async () => {
    const tools = createTestTools({ database: engine.database(), now });
    const organization = await tools.createOrganization("Contoso");
    admin = tools.actor(organization);
    auditor = tools.actor(organization, "auditor");
    routes = openRoutes(createTestService(tools, { actor: admin, now }));
  });

  /** The web's own client, whose requests go to the routes without a network. */
  function clientOf(actor: Actor | null, headers: Record<string, string> = {}) {
    return createTRPCClient<AppRouter>({
      links: [
        httpBatchStreamLink({
          url: "http://localhost/api/trpc",
          methodOverride: "POST",
          maxItems: 20,
          headers,
          fetch(url, init) {
            addresses.push(String(url));
            const given = Object.fromEntries(new Headers(init?.headers as HeadersInit));
            return routes.send(actor, init?.method ?? "GET", String(url), init?.body as string, given);
          },
        }),
      ],
    });
  }

  async function failure(call: Promise<unknown>) {
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof TRPCClientError)) throw new Error("The call did not fail as a call does.");
    return error as TRPCClientError<AppRouter>;
  }

  test("calls the registry's operations by their names, those of one moment in one request", async () => {
    const client = clientOf(admin);
    const { id } = await client.create_conversation.mutate({ title: "First" });
    await client.rename_conversation.mutate({ id, title: "Renamed" });
    addresses.length = 0;
    const [listed, kept, pins] = await Promise.all([
      client.list_conversations.query({}),
      client.get_conversation.query({ id }),
      client.list_pins.query({}),
    ]);
    expect(listed.conversations).toMatchObject([{ id, title: "Renamed" }]);
    expect(kept.messages).toEqual([]);
    expect(pins.pins).toEqual([]);
    expect(addresses).toHaveLength(1);
    await client.delete_conversation.mutate({ id });
    expect((await failure(client.get_conversation.query({ id }))).data?.code).toBe("not_found");
  });

  test("tells failures as REST does: code, words, hint, request id", async () => {
    const mine = "caller-7";
    const lost = await failure(
      clientOf(admin, { "X-Request-Id": mine }).get_conversation.query({ id: randomUUID() }),
    );
    expect(lost.data).toMatchObject({
      code: "not_found",
      httpStatus: 404,
      hint: expect.any(String),
      requestId: mine,
      path: "get_conversation",
    });
    expect(lost.data).not.toHaveProperty("stack");
    const wrong = await failure(clientOf(admin).list_conversations.query({ limit: 0 }));
    expect(wrong.data).toMatchObject({ code: "invalid_input", httpStatus: 400 });
    expect(wrong.message).toContain("limit");
    expect((await failure(clientOf(null).list_pins.query({}))).data?.code).toBe("unauthenticated");
    expect((await failure(clientOf(auditor).list_pins.query({}))).data?.code).toBe("forbidden");
    // @ts-expect-error the registry has no such name
    expect((await failure(clientOf(admin).drop_everything.mutate({}))).data?.code).toBe("not_found");
  });

  test("a failure of our own says nothing of its inside, and is logged under its request id", async () => {
    const calls = { service: { invoke: async () => Promise.reject(new Error("secret detail")) } };
    const { registry } = createTestService(createTestTools({ database: engine.database(), now }), {
      actor: admin,
      now,
    });
    const broken = openRoutes({ ...calls.service, registry } as never);
    const response = await broken.send(
      admin,
      "POST",
      "/api/trpc/list_pins?batch=1",
      { 0: {} },
      { "X-Request-Id": "r-1" },
    );
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(broken.logged).toMatchObject([{ requestId: "r-1", path: "list_pins" }]);
  });

  test("runs what a pin shows, and nothing that writes", async () => {
    const client = clientOf(admin);
    const ran = await client.web.run_pin.query({ toolName: "search_resources", toolInput: {} });
    expect(ran.output).toMatchObject({ rows: [] });
    for (const toolName of ["delete_conversation", "no_such_tool"]) {
      const refused = await failure(client.web.run_pin.query({ toolName, toolInput: {} }));
      expect(refused.data?.code).toBe("invalid_input");
    }
  });

  test("says which question is being answered, to its own person alone", async () => {
    const id = randomUUID();
    const hold = new ReadableStream<never>();
    routes.answers.start(answerKey(admin, id), "how much?", () => hold);
    expect(await clientOf(admin).web.answering.query({ id })).toBe("how much?");
    const colleague = { ...admin, userId: randomUUID() };
    expect(await clientOf(colleague).web.answering.query({ id })).toBeNull();
  });

  test("refuses a form of another site, a write by GET, and very many calls at once", async () => {
    const form = await routes.send(
      admin,
      "POST",
      "/api/trpc/create_conversation",
      JSON.stringify({ title: "x" }),
      { "Content-Type": "text/plain" },
    );
    expect(form.status).toBe(400);
    const byGet = await routes.send(admin, "GET", "/api/trpc/create_conversation?input={}");
    expect(byGet.status).toBe(422);
    const names = Array.from({ length: 21 }, () => "list_pins").join(",");
    expect((await routes.send(admin, "POST", `/api/trpc/${names}?batch=1`, {})).status).toBe(400);
    const large = { 0: { title: "x".repeat(300_000) } };
    expect((await routes.send(admin, "POST", "/api/trpc/create_conversation?batch=1", large)).status).toBe(
      413,
    );
  });
});

describe("the types of the calls", () => {
  test("a wrong input is a compile error, and outputs are the definitions' own", () => {
    const client = createTRPCClient<AppRouter>({ links: [] });
    // Never run: `npm run check` compiles it, and an error that is missing fails there.
    const check = async () => {
      // @ts-expect-error a title is text
      await client.create_conversation.mutate({ title: 5 });
      // @ts-expect-error an id is needed
      await client.get_conversation.query({});
      // @ts-expect-error it reads, so it is no mutation
      await client.list_pins.mutate({});
      // @ts-expect-error no such grouping
      await client.get_cost_breakdown.query({ groupBy: "colour" });
      const { conversations } = await client.list_conversations.query({ limit: 5 });
      expectTypeOf(conversations[0]!.title).toBeString();
      const asked = await client.ask_question.mutate({ question: "how much?" });
      expectTypeOf(asked.conversationId).toEqualTypeOf<string | null>();
    };
    expect(check).toBeTypeOf("function");
  });
});
