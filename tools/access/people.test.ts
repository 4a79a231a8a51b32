import { withTenant } from "@cloudoptima/db/client.ts";
import { listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { updateRole } from "@cloudoptima/db/queries/people.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { SignJWT } from "jose";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allChecks } from "../assessment/all-checks.ts";
import { createTestPeople, type TestPeople } from "../testing/test-people.ts";
import type { BrowserSession } from "./browser-sessions.ts";
import { contoso, sunBird } from "./seed-organizations.ts";

const minute = 60_000;
const cookieOf = ({ setCookies }: { setCookies: string[] }) => setCookies[0]!.split(";")[0]!;

describeEachEngine("people", (engine) => {
  let test: TestPeople;
  let people: TestPeople["people"];

  beforeAll(async () => {
    test = await createTestPeople(engine.database(), { registrationOpen: true });
    people = test.people;
  });
  afterAll(() => test.remove());

  let registered = 0;
  /** Somebody with an organization of their own. */
  async function register(password = "a long password") {
    const email = `admin${++registered}@org${registered}.example`;
    const admin = { organization: `Organization ${registered}`, name: "Ada", email, password };
    const userId = await people.joining.register(admin, test.caller);
    return { userId, email, password };
  }
  const signIn = (email: string, password: string) =>
    people.sessions.signIn({ email, password }, { ...test.caller, address: `192.0.2.${registered}` });
  const read = (session: BrowserSession) => people.sessions.read(cookieOf(session));

  it("of a new organization find its guidance at their first look", async () => {
    const { userId } = await register();
    const { rows } = await sql<{
      id: string;
    }>`select organization_id as id from users where id = ${userId}`.execute(engine.database().kysely);
    const guidance = await withTenant(engine.database(), rows[0]!.id, { access: "read" }, (transaction) =>
      listDocuments(transaction, "guidance"),
    );
    expect(guidance).toHaveLength(allChecks.length);
  });

  describe("browser sessions", () => {
    it("open with a password, as an HttpOnly, SameSite=Strict cookie, and are read by any process", async () => {
      const { userId, email, password } = await register();
      const session = await signIn(email.toUpperCase(), password);
      expect(session.setCookies).toEqual([
        expect.stringMatching(
          /^cloudoptima_session=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/i,
        ),
      ]);
      expect((await read(session))?.actor).toEqual({
        userId,
        name: "Ada",
        organizationId: expect.any(String),
        organizationName: `Organization ${registered}`,
        role: "admin",
        via: "session",
        signedInAt: expect.any(String),
      });
    });

    it("are nobody's when the cookie was altered, is unsigned, or missing", async () => {
      const { email, password } = await register();
      const [name, value] = cookieOf(await signIn(email, password)).split("=") as [string, string];
      const [token, signature] = decodeURIComponent(value).split(".") as [string, string];
      const otherToken = `${token.slice(0, -1)}${token.endsWith("x") ? "y" : "x"}`;
      const forged = [`${token}.`, token, `${otherToken}.${signature}`, "rubbish", ""];
      for (const bad of forged) {
        expect(await people.sessions.read(`${name}=${encodeURIComponent(bad)}`)).toBeNull();
      }
      expect(await people.sessions.read(undefined)).toBeNull();
      expect(await people.sessions.read(`${name}=${value}`)).not.toBeNull();
    });

    it("are listed with where they come from, and end one by one", async () => {
      const { email, password } = await register();
      const first = await signIn(email, password);
      const second = await signIn(email, password);
      const list = await people.sessions.list(second);
      expect(list.map(({ id, current }) => ({ id, current }))).toEqual(
        expect.arrayContaining([
          { id: first.id, current: false },
          { id: second.id, current: true },
        ]),
      );
      expect(list[0]).toMatchObject({ userAgent: "Test browser", address: `192.0.2.${registered}` });
      await people.sessions.end(second, first.id);
      expect(await read(first)).toBeNull();
      expect(await read(second)).not.toBeNull();
      const stranger = await signIn(...(Object.values(await register()).slice(1) as [string, string]));
      await expect(people.sessions.end(stranger, second.id)).rejects.toMatchObject({ code: "not_found" });
      expect(await read(second)).not.toBeNull();
    });

    it("end with the sign-out, in the database too", async () => {
      const { email, password } = await register();
      const session = await signIn(email, password);
      const removal = await people.sessions.signOut(cookieOf(session), test.caller);
      expect(removal[0]).toContain("Max-Age=0");
      expect(await read(session)).toBeNull();
    });

    it("let a change of role and a removal count at once", async () => {
      const { userId, email, password } = await register();
      const session = await signIn(email, password);
      const { organizationId } = session.actor;
      const inOrganization = (work: Parameters<typeof withTenant<void>>[3]) =>
        withTenant(engine.database(), organizationId, { access: "write" }, work);
      await inOrganization((transaction) => updateRole(transaction, userId, "viewer", new Date()));
      expect((await read(session))?.actor.role).toBe("viewer");
      const tokens = await people.tokens.login({ email, password }, test.caller);
      expect((await people.actorOfSecret(tokens.accessToken))?.role).toBe("viewer");
      await inOrganization(async (transaction) => {
        await transaction.deleteFrom("users").where("id", "=", userId).execute();
      });
      expect(await read(session)).toBeNull();
      expect(await people.actorOfSecret(tokens.accessToken)).toBeNull();
      await expect(people.tokens.refresh(tokens.refreshToken, test.caller)).rejects.toMatchObject({
        code: "unauthenticated",
      });
    });
  });

  describe("passwords", () => {
    it("are refused alike, after the same work, for a wrong one and an address that nobody has", async () => {
      const { email } = await register();
      const failures = [];
      for (const address of [email, "nobody@nowhere.example", "admin@contoso.example"]) {
        const before = test.work.hashes + test.work.checks;
        const failure = await signIn(address, "a wrong password").catch((error: unknown) => error);
        failures.push(failure);
        expect(test.work.hashes + test.work.checks - before, address).toBe(1);
      }
      expect(failures[0]).toMatchObject({ code: "unauthenticated" });
      expect(failures[1]).toEqual(failures[0]);
      expect(failures[2]).toEqual(failures[0]);
    });

    it("are stored as argon2id", async () => {
      const { userId } = await register();
      const { rows } = await engine
        .database()
        .pool.query<{ password: string }>(
          `set role cloudoptima_access; select password from sign_in_accounts where user_id = '${userId}'; reset role`,
        )
        .then((results) => (results as unknown as { rows: { password: string }[] }[])[1]!);
      expect(rows[0]!.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it("may be tried ten times for an account, also all at once and from many addresses; then wait", async () => {
      const { email, password } = await register();
      const tries = Array.from({ length: 15 }, (_, index) =>
        people
          .verifyPassword(email, "a wrong password", { ...test.caller, address: `198.51.100.${index}` })
          .catch((error: { code: string }) => error.code),
      );
      const codes = await Promise.all(tries);
      expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(10);
      expect(codes.filter((code) => code === "rate_limited")).toHaveLength(5);
      await expect(signIn(email, password)).rejects.toMatchObject({
        code: "rate_limited",
        details: { retryAfterSeconds: expect.any(Number) },
      });
      expect(test.audited.at(-1)).toMatchObject({
        entry: { action: "sign_in", outcome: "refused", details: { reason: "too many tries" } },
      });
      test.pass(16 * minute);
      expect((await signIn(email, password)).email).toBe(email);
    });

    it("may be tried sixty times from one address, and a whole IPv6 network is one", async () => {
      const from = (address: string) => ({ ...test.caller, address });
      const attempt = (index: number, address: string) =>
        people
          .verifyPassword(`nobody${index}@nowhere.example`, "x", from(address))
          .catch((error: { code: string }) => error.code);
      for (let index = 0; index < 60; index++) {
        expect(await attempt(index, `2001:db8::${index.toString(16)}`)).toBe("unauthenticated");
      }
      expect(await attempt(60, "2001:db8:0:0:1::9")).toBe("rate_limited");
      expect(await attempt(61, "2001:db8:0:1::9")).toBe("unauthenticated");
      // The refused tries did not lock the account.
      expect(await attempt(60, "203.0.113.9")).toBe("unauthenticated");
    });

    it("end all other sessions, tokens and refresh families when they change", async () => {
      const { email, password } = await register();
      const other = await signIn(email, password);
      const session = await signIn(email, password);
      const tokens = await people.tokens.login({ email, password }, test.caller);
      test.pass(2_000);
      const next = "another long password";
      await expect(people.account.setPassword(session, { next }, test.caller)).rejects.toMatchObject({
        code: "invalid_input",
      });
      await expect(
        people.account.setPassword(session, { current: "not the password", next }, test.caller),
      ).rejects.toMatchObject({ code: "unauthenticated" });
      await people.account.setPassword(session, { current: password, next }, test.caller);
      expect(await read(other)).toBeNull();
      expect(await read(session)).not.toBeNull();
      expect(await people.actorOfSecret(tokens.accessToken)).toBeNull();
      await expect(people.tokens.refresh(tokens.refreshToken, test.caller)).rejects.toThrow();
      await expect(signIn(email, password)).rejects.toMatchObject({ code: "unauthenticated" });
      expect((await signIn(email, next)).email).toBe(email);
    });
  });

  describe("a fresh sign-in", () => {
    it("is kept from nobody by strangers who try the address, and may itself be tried ten times", async () => {
      const { email, password } = await register();
      const session = await signIn(email, password);
      for (let index = 0; index < 12; index++) {
        const stranger = { ...test.caller, address: `198.51.100.${index}` };
        await people.verifyPassword(email, "a wrong password", stranger).catch(() => {});
      }
      await expect(signIn(email, password)).rejects.toMatchObject({ code: "rate_limited" });
      const again = async (given: string) =>
        people.sessions.signInAgain((await read(session))!, given, test.caller);
      await again(password);
      for (let index = 0; index < 10; index++) {
        await expect(again("a wrong password")).rejects.toMatchObject({ code: "unauthenticated" });
      }
      await expect(again(password)).rejects.toMatchObject({ code: "rate_limited" });
      test.pass(16 * minute);
    });

    it("is when the password was last given", async () => {
      const { email, password } = await register();
      const session = await signIn(email, password);
      test.pass(20 * minute);
      await expect(
        people.sessions.signInAgain((await read(session))!, "a wrong password", test.caller),
      ).rejects.toMatchObject({ code: "unauthenticated" });
      const before = (await read(session))!.actor.signedInAt!;
      await people.sessions.signInAgain((await read(session))!, password, test.caller);
      const after = (await read(session))!.actor.signedInAt!;
      expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(20 * minute);
    });
  });

  describe("tokens", () => {
    it("carry exactly the claims of the design, for 15 minutes", async () => {
      const { userId, email, password } = await register();
      const tokens = await people.tokens.login({ email, password }, test.caller);
      const claims = JSON.parse(
        Buffer.from(tokens.accessToken.split(".")[1]!, "base64url").toString(),
      ) as Record<string, unknown>;
      expect(Object.keys(claims).sort()).toEqual(["exp", "iat", "org_id", "role", "sub"]);
      expect(claims).toMatchObject({ sub: userId, role: "admin" });
      expect(Number(claims.exp) - Number(claims.iat)).toBe(15 * 60);
      expect(await people.actorOfSecret(tokens.accessToken)).toMatchObject({ userId, via: "token" });
      test.pass(16 * minute);
      expect(await people.actorOfSecret(tokens.accessToken)).toBeNull();
      const next = await people.tokens.refresh(tokens.refreshToken, test.caller);
      expect(await people.actorOfSecret(next.accessToken)).toMatchObject({ userId });
    });

    it("are nobody's when forged: without algorithm, with another key, with more rights", async () => {
      const { email, password } = await register();
      const { accessToken } = await people.tokens.login({ email, password }, test.caller);
      const [header, payload, signature] = accessToken.split(".") as [string, string, string];
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
      const otherKey = await new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256" })
        .sign(new Uint8Array(32).fill(7));
      const forged = [
        `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
        `${encode({ alg: "none", typ: "JWT" })}.${payload}.${signature}`,
        `${header}.${encode({ ...claims, org_id: contoso.id })}.${signature}`,
        `${header}.${encode({ ...claims, exp: Number(claims.exp) + 9_999 })}.${signature}`,
        otherKey,
        `${header}.${payload}`,
        "",
      ];
      for (const token of forged) expect(await people.actorOfSecret(token)).toBeNull();
      expect(await people.actorOfSecret(accessToken)).not.toBeNull();
    });

    it("of a family end together when one is used twice", async () => {
      const { email, password } = await register();
      const first = await people.tokens.login({ email, password }, test.caller);
      const other = await people.tokens.login({ email, password }, test.caller);
      const second = await people.tokens.refresh(first.refreshToken, test.caller);
      const reuse = people.tokens.refresh(first.refreshToken, test.caller);
      await expect(reuse).rejects.toMatchObject({ code: "unauthenticated" });
      await expect(people.tokens.refresh(second.refreshToken, test.caller)).rejects.toMatchObject({
        code: "unauthenticated",
      });
      expect(test.audited.some(({ entry }) => entry.action === "refresh_reused")).toBe(true);
      expect((await people.tokens.refresh(other.refreshToken, test.caller)).tokenType).toBe("Bearer");
    });

    it("presented twice at the same moment: at most one gets a new pair", async () => {
      const { email, password } = await register();
      const { refreshToken } = await people.tokens.login({ email, password }, test.caller);
      const results = await Promise.allSettled(
        Array.from({ length: 4 }, () => people.tokens.refresh(refreshToken, test.caller)),
      );
      expect(results.filter(({ status }) => status === "fulfilled").length).toBe(1);
    });

    it("do not come back after a logout, or after seven days", async () => {
      const { email, password } = await register();
      const ended = await people.tokens.login({ email, password }, test.caller);
      await people.tokens.logout(ended.refreshToken, test.caller);
      await expect(people.tokens.refresh(ended.refreshToken, test.caller)).rejects.toThrow();
      await people.tokens.logout("never issued", test.caller);
      const old = await people.tokens.login({ email, password }, test.caller);
      test.pass(7 * 24 * 60 * minute + 1_000);
      await expect(people.tokens.refresh(old.refreshToken, test.caller)).rejects.toThrow();
    });
  });

  describe("the demo", () => {
    const open = (userId: string) =>
      people.sessions.open(userId, { demo: true, action: "demo_sign_in" }, test.caller);

    it("has two admins, a member, a viewer and an auditor in each organization", async () => {
      for (const { id } of [contoso, sunBird]) {
        const roles = (await people.demoPeople(id)).map(({ role }) => role);
        expect(roles).toEqual(["admin", "admin", "member", "viewer", "auditor"]);
      }
    });

    it("marks its sessions, counts its click as fresh while the demo lasts, and not a second longer", async () => {
      const [admin] = await people.demoPeople(contoso.id);
      const session = await open(admin!.id);
      expect((await read(session))?.actor).toMatchObject({ demo: true, signedInAt: expect.any(String) });
      test.demoSignIn(false);
      const after = (await read(session))!;
      expect(after.actor).toMatchObject({ demo: true });
      expect(after.actor.signedInAt).toBeUndefined();
      await expect(people.sessions.signInAgain(after, undefined, test.caller)).rejects.toMatchObject({
        code: "forbidden",
      });
      test.demoSignIn(true);
      await people.sessions.signInAgain((await read(session))!, undefined, test.caller);
    });

    it("lets a person set a password, which opens no more than the click did", async () => {
      const member = (await people.demoPeople(contoso.id))[2]!;
      const next = "the member's password";
      await people.account.setPassword(await open(member.id), { next }, test.caller);
      const actor = await people.verifyPassword("member@contoso.example", next, {
        ...test.caller,
        source: "terminal",
      });
      expect(actor).toMatchObject({ userId: member.id, role: "member", demo: true });
      expect(actor).not.toHaveProperty("via");
      expect((await read(await signIn("member@contoso.example", next)))?.actor.demo).toBe(true);
    });
  });

  it("allows an address only once in the whole installation, and an organization's name too", async () => {
    const { email } = await register();
    const again = { organization: "Another", name: "Ben", email, password: "a long password" };
    await expect(people.joining.register(again, test.caller)).rejects.toMatchObject({ code: "conflict" });
    const sameName = { ...again, email: "ben@another.example", organization: "Contoso" };
    await expect(people.joining.register(sameName, test.caller)).rejects.toMatchObject({ code: "conflict" });
    // The host's own cloud identity serves the organization of this name: nobody may take it, though it is free here.
    const operators = { ...again, email: "ben@another.example", organization: "my Organization" };
    await expect(people.joining.register(operators, test.caller)).rejects.toMatchObject({ code: "conflict" });
  });
});
