import { randomUUID } from "node:crypto";
import { openAccess } from "@cloudoptima/db/access.ts";
import { withTenant } from "@cloudoptima/db/client.ts";
import { addPeople, type PersonRow } from "@cloudoptima/db/queries/organizations.ts";
import { insertInvitation, selectPersonNames } from "@cloudoptima/db/queries/people.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { createTestPeople, type TestPeople } from "../testing/test-people.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import { createOneTimeToken } from "./one-time-token.ts";

type Role = PersonRow["role"];
interface Invited {
  invitation: { id: string };
  path: string;
}
interface Key {
  apiKey: { id: string; role: Role; expiresAt: string };
  key: string;
}
const tokenOf = ({ path }: Invited) => path.replace("/join#", "");
const password = "a long password";

describeEachEngine("the organization's people", (engine) => {
  let tools: TestTools;
  let test: TestPeople;
  let organization: TestOrganization;
  let admin: Actor;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-20T12:00:00Z" });
    test = await createTestPeople(engine.database(), { demo: false });
    organization = await tools.createOrganization("Northwind");
    admin = await add("admin", organization);
  });
  afterAll(() => test.remove());

  async function add(role: Role, where = organization): Promise<Actor> {
    const id = randomUUID();
    const person = { id, organization_id: where.id, email: `${id}@northwind.example`, name: role, role };
    await withTenant(engine.database(), where.id, { access: "write" }, (transaction) =>
      addPeople(transaction, [person]),
    );
    return { ...tools.actor(where, role), userId: id };
  }
  const call = async <Output>(name: string, input: unknown = {}, actor = admin) =>
    (await tools.invoke({ actor, name, input, source: "rest" })).output as Output;
  const roleOf = async (id: string) => {
    const { people } = await call<{ people: { id: string; role: Role }[] }>("list_people");
    return people.find((person) => person.id === id)?.role;
  };

  /** As the role that sees keys and invitations of everybody. */
  async function asAccess(statement: string): Promise<void> {
    await sql.raw(statement).execute(openAccess(engine.database()));
  }

  describe("an invitation", () => {
    it("lets somebody join once, in its role", async () => {
      const made = await call<Invited>("invite_person", { email: "New@Northwind.example", role: "member" });
      const { joining } = test.people;
      expect(await joining.readInvitation(tokenOf(made))).toEqual({
        kind: "join",
        organization: organization.name,
        email: "new@northwind.example",
        role: "member",
      });
      const answer = { token: tokenOf(made), name: "New", password };
      const joined = await Promise.allSettled([joining.accept(answer), joining.accept(answer)]);
      const accepted = joined.filter((one) => one.status === "fulfilled");
      expect(accepted).toHaveLength(1);
      expect(accepted[0]!.value).toMatchObject({ kind: "join", invitedBy: admin.userId });
      expect(await roleOf(accepted[0]!.value.userId)).toBe("member");
      await expect(joining.accept(answer)).rejects.toMatchObject({ code: "forbidden" });
      expect(await test.people.verifyPassword("new@northwind.example", password, test.caller)).toMatchObject({
        organizationId: organization.id,
        role: "member",
      });
    });

    it("admits nobody when it was revoked, replaced, is a week old, or was never made", async () => {
      const { joining } = test.people;
      const revoked = await call<Invited>("invite_person", { email: "r@northwind.example", role: "viewer" });
      await call("revoke_invitation", { id: revoked.invitation.id });
      const replaced = await call<Invited>("invite_person", { email: "s@northwind.example", role: "admin" });
      await call<Invited>("invite_person", { email: "s@northwind.example", role: "viewer" });
      const old = createOneTimeToken();
      await withTenant(engine.database(), organization.id, { access: "write" }, (transaction) =>
        insertInvitation(transaction, {
          id: randomUUID(),
          organization_id: organization.id,
          user_id: null,
          email: "o@northwind.example",
          role: "admin",
          token_hash: old.hash,
          invited_by: admin.userId,
          created_at: new Date("2026-01-01"),
          expires_at: new Date("2026-01-08"),
        }),
      );
      const refused = (token: string) =>
        expect(joining.accept({ token, name: "N", password })).rejects.toMatchObject({ code: "forbidden" });
      await refused(tokenOf(revoked));
      await refused(tokenOf(replaced));
      await refused("x".repeat(43));
      await refused(old.token);
    });

    it("made in a session of the demo's click opens no more than that click", async () => {
      const clicked = { ...admin, demo: true, signedInAt: new Date().toISOString() };
      const email = "clicked@northwind.example";
      const member = await add("admin");
      const links = [
        { made: await call<Invited>("invite_person", { email, role: "admin" }, clicked), email },
        {
          made: await call<Invited>("renew_password", { id: member.userId }, clicked),
          email: `${member.userId}@northwind.example`,
        },
      ];
      for (const { made, email: address } of links) {
        const accepted = await test.people.joining.accept({ token: tokenOf(made), name: "C", password });
        expect(accepted).toMatchObject({ demo: true });
        expect(await test.people.verifyPassword(address, password, test.caller)).toMatchObject({
          demo: true,
        });
      }
    });

    it("can give a member a new password, which ends what acted for them", async () => {
      const member = await add("member");
      const { key } = await call<Key>("create_api_key", { name: "old" }, member);
      const made = await call<Invited>("renew_password", { id: member.userId });
      const accepted = await test.people.joining.accept({ token: tokenOf(made), name: "ignored", password });
      expect(accepted).toEqual({
        userId: member.userId,
        kind: "password",
        invitedBy: admin.userId,
        demo: false,
      });
      expect(await test.people.actorOfSecret(key)).toBeNull();
      const email = `${member.userId}@northwind.example`;
      expect((await test.people.verifyPassword(email, password, test.caller)).name).toBe("member");
    });
  });

  describe("roles", () => {
    it("are changed by admins alone, and never by a key, a token or the terminal", async () => {
      const viewer = await add("viewer");
      await call("change_role", { id: viewer.userId, role: "member" });
      expect(await roleOf(viewer.userId)).toBe("member");
      const change = { id: viewer.userId, role: "admin" };
      for (const actor of [
        await add("member"),
        await add("viewer"),
        await add("auditor"),
        { ...admin, via: "api_key" as const },
        { ...admin, via: "token" as const },
        { ...admin, via: "local" as const },
        { ...admin, via: "mcp" as const },
      ]) {
        const names = ["change_role", "remove_person", "invite_person", "renew_password"];
        const inputs = [
          change,
          { id: viewer.userId },
          { email: "x@northwind.example", role: "admin" },
          { id: viewer.userId },
        ];
        for (const [index, name] of names.entries()) {
          await expect(call(name, inputs[index], actor), `${name} ${actor.via}`).rejects.toMatchObject({
            code: "forbidden",
          });
        }
      }
      expect(await roleOf(viewer.userId)).toBe("member");
    });

    it("leave an organization at least one admin, also when two demote each other at the same moment", async () => {
      const alone = await tools.createOrganization("Alone");
      const [one, two] = [await add("admin", alone), await add("admin", alone)];
      const results = await Promise.allSettled([
        call("change_role", { id: two!.userId, role: "viewer" }, one),
        call("remove_person", { id: one!.userId }, two),
      ]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const last = results[0]!.status === "fulfilled" ? one! : two!;
      await expect(call("change_role", { id: last.userId, role: "member" }, last)).rejects.toMatchObject({
        code: "conflict",
      });
      await expect(call("remove_person", { id: last.userId }, last)).rejects.toMatchObject({
        code: "conflict",
      });
    });

    it("of another organization are out of reach: 404, and nothing changes", async () => {
      const elsewhere = await tools.createOrganization("Elsewhere");
      const stranger = await add("member", elsewhere);
      await add("admin", elsewhere);
      for (const [name, input] of [
        ["change_role", { id: stranger.userId, role: "admin" }],
        ["remove_person", { id: stranger.userId }],
        ["renew_password", { id: stranger.userId }],
        ["change_role", { id: randomUUID(), role: "admin" }],
      ] as const) {
        await expect(call(name, input), name).rejects.toMatchObject({ code: "not_found" });
      }
      const { people } = await call<{ people: { id: string }[] }>("list_people");
      expect(people.map(({ id }) => id)).not.toContain(stranger.userId);
    });
  });

  it("who was removed is gone at once with their keys; their name stays for what they did", async () => {
    const member = await add("member");
    const { key } = await call<Key>("create_api_key", { name: "k" }, member);
    expect(await test.people.actorOfSecret(key)).toMatchObject({ userId: member.userId });
    await call("remove_person", { id: member.userId });
    expect(await test.people.actorOfSecret(key)).toBeNull();
    expect(await roleOf(member.userId)).toBeUndefined();
    const names = await withTenant(engine.database(), organization.id, { access: "read" }, (transaction) =>
      selectPersonNames(transaction, [member.userId, admin.userId, randomUUID()]),
    );
    expect([...names].sort()).toEqual(
      [
        [member.userId, "member"],
        [admin.userId, "admin"],
      ].sort(),
    );
  });

  describe("an API key", () => {
    it("is shown once, stored hashed, and acts as its owner with at most their role", async () => {
      const member = await add("member");
      const made = await call<Key>(
        "create_api_key",
        { name: "CI", role: "viewer", expiresInDays: 30 },
        member,
      );
      expect(made.key).toMatch(/^co_[\w-]{43}$/);
      expect(Date.parse(made.apiKey.expiresAt) - Date.now()).toBeGreaterThan(29 * 24 * 3600_000);
      const listed = await call<{ apiKeys: object[] }>("list_api_keys", {}, member);
      expect(listed.apiKeys).toMatchObject([{ id: made.apiKey.id, name: "CI", start: made.key.slice(0, 8) }]);
      expect(JSON.stringify(listed)).not.toContain(made.key.slice(8));
      expect(await test.people.actorOfSecret(made.key)).toEqual({
        userId: member.userId,
        name: "member",
        organizationId: organization.id,
        organizationName: organization.name,
        role: "viewer",
        via: "api_key",
      });
      const used = await call<{ apiKeys: { lastUsedAt: string | null }[] }>("list_api_keys", {}, member);
      expect(used.apiKeys[0]!.lastUsedAt).not.toBeNull();
      const inDatabase = await withTenant(
        engine.database(),
        organization.id,
        { access: "read" },
        (transaction) => transaction.selectFrom("api_keys").selectAll().execute(),
      );
      expect(JSON.stringify(inDatabase)).not.toContain(made.key.slice(8));
    });

    it("cannot be wider than its owner, when it is made or after they were demoted", async () => {
      const member = await add("member");
      for (const role of ["admin", "auditor"]) {
        await expect(call("create_api_key", { name: "k", role }, member)).rejects.toMatchObject({
          code: "forbidden",
        });
      }
      const { key } = await call<Key>("create_api_key", { name: "k" }, member);
      expect(await test.people.actorOfSecret(key)).toMatchObject({ role: "member" });
      await call("change_role", { id: member.userId, role: "viewer" });
      expect(await test.people.actorOfSecret(key)).toMatchObject({ role: "viewer" });
      await call("change_role", { id: member.userId, role: "auditor" });
      expect(await test.people.actorOfSecret(key)).toBeNull();
    });

    it("ends when it is revoked by its owner or expires, and is nobody's when it was never made", async () => {
      const member = await add("member");
      const [revoked, expired] = [
        await call<Key>("create_api_key", { name: "a" }, member),
        await call<Key>("create_api_key", { name: "b" }, member),
      ];
      const { id } = revoked!.apiKey;
      await expect(call("revoke_api_key", { id }, await add("member"))).rejects.toMatchObject({
        code: "not_found",
      });
      await call("revoke_api_key", { id }, member);
      expect(await test.people.actorOfSecret(revoked!.key)).toBeNull();
      const longAgo = `update api_keys set expires_at = '2020-01-01' where id = '${expired!.apiKey.id}'`;
      await asAccess(longAgo);
      expect(await test.people.actorOfSecret(expired!.key)).toBeNull();
      expect(await test.people.actorOfSecret(`co_${"x".repeat(43)}`)).toBeNull();
      expect(await test.people.actorOfSecret(`${expired!.key}${"x".repeat(1_000)}`)).toBeNull();
    });

    it("makes and revokes no keys", async () => {
      const { apiKey } = await call<Key>("create_api_key", { name: "a" });
      for (const via of ["api_key", "token"] as const) {
        const actor = { ...admin, via };
        await expect(call("create_api_key", { name: "b" }, actor)).rejects.toMatchObject({
          code: "forbidden",
        });
        await expect(call("revoke_api_key", { id: apiKey.id }, actor)).rejects.toMatchObject({
          code: "forbidden",
        });
      }
    });

    it("is slowed down when it asks too often", async () => {
      const { apiKey, key } = await call<Key>("create_api_key", { name: "busy" });
      await asAccess(`update api_keys set rate_limit_max = 2 where id = '${apiKey.id}'`);
      await test.people.actorOfSecret(key);
      await test.people.actorOfSecret(key);
      await expect(test.people.actorOfSecret(key)).rejects.toMatchObject({
        code: "rate_limited",
        details: { retryAfterSeconds: expect.any(Number) },
      });
      test.pass(61_000);
      expect(await test.people.actorOfSecret(key)).toMatchObject({ via: "api_key" });
    });

    it("is not slowed down when it never rests, but never asks too often", async () => {
      const { apiKey, key } = await call<Key>("create_api_key", { name: "steady" });
      await asAccess(`update api_keys set rate_limit_max = 2 where id = '${apiKey.id}'`);
      for (let times = 0; times < 6; times++) {
        expect(await test.people.actorOfSecret(key)).toMatchObject({ via: "api_key" });
        test.pass(40_000);
      }
    });
  });
});

describeEachEngine("the first admin", (engine) => {
  it("is asked for until they have a password; setting up ends what acted for them before", async () => {
    const test = await createTestPeople(engine.database(), { demo: false });
    const { joining, sessions, verifyPassword } = test.people;
    expect(await joining.needsSetUp()).toBe(true);
    const admin = { name: "Ada", email: "ada@contoso.example", password };
    const userId = await joining.setUp(admin);
    expect(await joining.needsSetUp()).toBe(false);
    const session = await sessions.open(userId, { demo: false, action: "set_up" }, test.caller);
    expect(session.actor).toMatchObject({ name: "Ada", organizationName: "My organization", role: "admin" });
    // Once more, after the password was lost: the same person, who is signed out everywhere.
    expect(await joining.setUp({ ...admin, password: "yet another one" })).toBe(userId);
    expect(await sessions.read(session.setCookies[0]!.split(";")[0])).toBeNull();
    await expect(verifyPassword(admin.email, password, test.caller)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await verifyPassword(admin.email, "yet another one", test.caller)).toMatchObject({ userId });
    await expect(
      joining.register({ ...admin, email: "b@b.example", organization: "B" }, test.caller),
    ).rejects.toMatchObject({ code: "forbidden" });
    test.remove();
  });
});

describeEachEngine("the demo's first admin", (engine) => {
  it("is still asked for when the click set a password: it opens no more than the click", async () => {
    const test = await createTestPeople(engine.database(), { demo: true });
    const { joining, sessions, account } = test.people;
    const [first] = await test.people.demoPeople((await firstOrganization(engine))!);
    const session = await sessions.open(first!.id, { demo: true, action: "demo_sign_in" }, test.caller);
    await account.setPassword(session, { next: "set by the click" }, test.caller);
    expect(await joining.needsSetUp()).toBe(true);
    test.remove();
  });
});

async function firstOrganization(engine: { database(): Parameters<typeof withTenant>[0] }) {
  const { rows } = await engine
    .database()
    .pool.query<{ id: string }>("select id from access.list_organizations() where demo limit 1");
  return rows[0]?.id;
}
