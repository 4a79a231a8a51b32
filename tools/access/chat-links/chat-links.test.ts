import { randomUUID } from "node:crypto";
import { withTenant } from "@cloudoptima/db/client.ts";
import { addPeople } from "@cloudoptima/db/queries/organizations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../kernel/actor.ts";
import type { Role } from "../../kernel/permissions.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../../testing/test-tools.ts";
import { systemActor } from "../system-actor.ts";
import { createLinkCode, hashLinkCode, readLinkCode } from "./link-code.ts";

const account = { platform: "slack", teamId: "T1", chatUserId: "U1" } as const;
type By = { teamId?: string; chatUserId?: string };

describe("a link code", () => {
  it("is read however a person types it, and nothing else is taken for one", () => {
    const code = createLinkCode();
    const letters = code.replace("-", "");
    for (const typed of [
      code,
      letters,
      code.toLowerCase(),
      ` link ${code} `,
      `${code.slice(0, 4)} ${code.slice(5)}`,
    ]) {
      expect(readLinkCode(typed)).toBe(letters);
    }
    for (const other of ["what did we spend?", "costs", "link me up", "ABCD-1234", "7KQM-2XW", ""]) {
      expect(readLinkCode(other)).toBeNull();
    }
    expect(hashLinkCode(code)).toBe(hashLinkCode(letters));
    expect(hashLinkCode(code)).not.toContain(letters);
  });
});

describeEachEngine("linking a chat account", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let alice: Actor;
  let bob: Actor;
  let handler: Actor;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-01T09:00:00Z" });
    organization = await tools.createOrganization("Chats");
    alice = await person("Alice", "admin");
    bob = await person("Bob", "member");
    handler = systemActor(organization);
  });

  async function person(name: string, role: Role): Promise<Actor> {
    const actor = { ...tools.actor(organization, role), name };
    await withTenant(engine.database(), organization.id, { access: "write" }, (transaction) =>
      addPeople(transaction, [
        {
          id: actor.userId,
          organization_id: organization.id,
          email: `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@contoso.example`,
          name,
          role,
        },
      ]),
    );
    return actor;
  }

  const invoke = async (actor: Actor, name: string, input: unknown) =>
    (await tools.invoke({ actor, name, input, source: "web" })).output;
  const newCode = async (actor: Actor) =>
    String((await invoke(actor, "create_chat_link_code", { platform: "slack" })).code).replace("-", "");
  const redeem = (code: string, by: By & { chatName?: string } = {}) =>
    invoke(handler, "redeem_chat_link_code", {
      ...account,
      chatName: "alice (@alice)",
      linkCode: code,
      ...by,
    });
  const links = async (actor: Actor) =>
    (await invoke(actor, "list_chat_links", {})).links as { id: string; status: string; chatName: string }[];
  const member = async (of: By = {}) =>
    (await invoke(handler, "find_chat_member", { ...account, ...of })).member;
  async function link(actor: Actor, by: By = {}) {
    await redeem(await newCode(actor), by);
    const waiting = (await links(actor)).find(({ status }) => status === "waiting");
    await invoke(actor, "confirm_chat_link", { id: waiting!.id });
  }
  const passTime = (table: "chat_link_codes" | "chat_links" | "chat_link_attempts", column: string) =>
    withTenant(engine.database(), organization.id, { access: "write" }, (transaction) =>
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} - interval '1 hour'`.execute(
        transaction,
      ),
    );

  it("counts only after the member confirmed it in the web, with both names", async () => {
    expect(await redeem(await newCode(alice))).toMatchObject({ memberName: "Alice" });
    expect(await member()).toBeNull();
    const [waiting] = await links(alice);
    expect(waiting).toMatchObject({
      status: "waiting",
      chatName: "alice (@alice)",
      memberName: "Alice",
      chatUserId: "U1",
    });
    expect(await invoke(alice, "confirm_chat_link", { id: waiting!.id })).toMatchObject({ status: "linked" });
    expect(await member()).toEqual({ userId: alice.userId, demo: false });
    expect(await member({ teamId: "T2" })).toBeNull();
    expect(await member({ chatUserId: "U2" })).toBeNull();
  });

  it("takes a code once, for ten minutes, and only the newest", async () => {
    const first = await newCode(alice);
    const second = await newCode(alice);
    await expect(redeem(first)).rejects.toMatchObject({ code: "not_found" });
    await redeem(second);
    await expect(redeem(second, { chatUserId: "U2" })).rejects.toMatchObject({ code: "not_found" });
    const late = await newCode(alice);
    await passTime("chat_link_codes", "expires_at");
    await expect(redeem(late, { chatUserId: "U3" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("lets an account try five codes in ten minutes, right or wrong", async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(redeem("22222222")).rejects.toMatchObject({ code: "not_found" });
    }
    const code = await newCode(alice);
    await expect(redeem(code)).rejects.toMatchObject({ code: "rate_limited" });
    await expect(redeem(code, { chatUserId: "U2" })).resolves.toMatchObject({ memberName: "Alice" });
    await passTime("chat_link_attempts", "window_start");
    await expect(redeem(await newCode(alice))).resolves.toMatchObject({ memberName: "Alice" });
  });

  it("stands for one member, and a member for one account of a workspace", async () => {
    await link(alice);
    await expect(link(bob)).rejects.toMatchObject({ code: "conflict" });
    await expect(link(alice, { chatUserId: "U2" })).rejects.toMatchObject({ code: "conflict" });
    await link(alice, { teamId: "T2" });
    // Two wishes of one account before either was confirmed: the second confirmation is refused.
    await redeem(await newCode(bob), { chatUserId: "U9" });
    const carol = await person("Carol", "viewer");
    await link(carol, { chatUserId: "U9" });
    const [waiting] = await links(bob);
    await expect(invoke(bob, "confirm_chat_link", { id: waiting!.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("cannot be confirmed by another, nor after its time, nor outside a browser", async () => {
    await redeem(await newCode(alice));
    const [waiting] = await links(alice);
    const confirm = (actor: Actor) => invoke(actor, "confirm_chat_link", { id: waiting!.id });
    await expect(confirm(bob)).rejects.toMatchObject({ code: "not_found" });
    for (const via of ["slack", "teams", "api_key", "token", "local", "mcp", "system"] as const) {
      await expect(confirm({ ...alice, via })).rejects.toMatchObject({ code: "forbidden" });
      await expect(
        invoke({ ...alice, via }, "create_chat_link_code", { platform: "slack" }),
      ).rejects.toMatchObject({ code: "forbidden" });
    }
    await passTime("chat_links", "confirm_before");
    await expect(confirm(alice)).rejects.toMatchObject({ code: "not_found" });
    expect(await links(alice)).toEqual([]);
  });

  it("ends when its member, or an admin, removes it", async () => {
    await link(bob);
    const [linked] = await links(bob);
    const carol = await person("Carol", "member");
    await expect(invoke(carol, "remove_chat_link", { id: linked!.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await invoke(alice, "remove_chat_link", { id: linked!.id });
    expect(await member()).toBeNull();
  });

  it("remembers that it was made by the demo's one click", async () => {
    await link({ ...alice, demo: true, signedInAt: "2026-10-14T09:00:00Z" });
    expect(await member()).toEqual({ userId: alice.userId, demo: true });
  });

  it("is seen and used by its own organization only", async () => {
    const code = await newCode(alice);
    const elsewhere = systemActor(await tools.createOrganization("Elsewhere"));
    await expect(
      invoke(elsewhere, "redeem_chat_link_code", { ...account, chatName: "x", linkCode: code }),
    ).rejects.toMatchObject({ code: "not_found" });
    await link(alice);
    expect((await invoke(elsewhere, "find_chat_member", account)).member).toBeNull();
  });

  it("keeps what only the chat's handler may do from everybody else", async () => {
    for (const via of ["session", "slack", "api_key", "local"] as const) {
      const actor = { ...alice, via };
      for (const [name, input] of [
        ["redeem_chat_link_code", { ...account, chatName: "x", linkCode: "22222222" }],
        ["find_chat_member", account],
        ["list_chat_cards", { platform: "slack", proposalId: randomUUID() }],
      ] as const) {
        await expect(invoke(actor, name, input)).rejects.toMatchObject({ code: "forbidden" });
      }
    }
  });

  it("keeps the code itself out of the audit log", async () => {
    await redeem(await newCode(alice), { chatUserId: "U-AUDIT" });
    const { rows } = await invoke(alice, "list_audit", { action: "redeem_chat_link_code" });
    expect(rows).toMatchObject([{ details: { input: { linkCode: "[redacted]" } } }]);
  });

  it("cleans what an account calls itself to one plain line", async () => {
    await redeem(await newCode(alice), { chatName: `Mallory\n\u202eAlice ${"x".repeat(300)}` });
    const [waiting] = await links(alice);
    expect(waiting!.chatName).toMatch(/^Mallory Alice x+$/);
    expect(waiting!.chatName.length).toBeLessThanOrEqual(120);
  });

  it("writes each refusal with its reason to the audit log", async () => {
    await expect(
      invoke(handler, "refuse_chat_request", {
        platform: "slack",
        reason: "Guests cannot approve.",
        wanted: "approve",
        teamId: "T1",
        chatUserId: "U7",
        proposalId: null,
      }),
    ).rejects.toMatchObject({ code: "forbidden", message: "Guests cannot approve." });
    const rows = await withTenant(engine.database(), organization.id, { access: "read" }, (transaction) =>
      transaction
        .selectFrom("audit_log")
        .select(["outcome", "details"])
        .where("action", "=", "refuse_chat_request")
        .execute(),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      outcome: "refused",
      details: { reason: "Guests cannot approve.", input: { chatUserId: "U7", wanted: "approve" } },
    });
  });

  it("takes a message up once and gives each person of a thread a conversation", async () => {
    const open = (actor: Actor, messageId: string, threadId = "1.0") =>
      invoke({ ...actor, via: "slack" }, "open_chat_thread", {
        platform: "slack",
        teamId: "T1",
        channelId: "C1",
        threadId,
        messageId,
      });
    const first = await open(alice, "1.0");
    expect(first.isNew).toBe(true);
    expect(await open(alice, "1.0")).toEqual({ conversationId: null, isNew: false });
    expect((await open(alice, "1.1")).conversationId).toBe(first.conversationId);
    expect((await open(bob, "1.2")).conversationId).not.toBe(first.conversationId);
    expect((await open(alice, "2.0", "2.0")).conversationId).not.toBe(first.conversationId);
    await invoke(alice, "delete_conversation", { id: first.conversationId });
    const next = await open(alice, "1.3");
    expect(next.isNew).toBe(true);
    expect(next.conversationId).not.toBe(first.conversationId);
    const raced = await Promise.all([open(bob, "9.9", "1.0"), open(bob, "9.9", "1.0")]);
    expect(raced.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  });
});
