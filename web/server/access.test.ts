import { randomUUID } from "node:crypto";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sunBird } from "@cloudoptima/tools/access/seed-organizations.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccessUnderTest, startAccess } from "./testing/access-under-test.ts";

const password = "a long password";

describeEachEngine("signing in over HTTP", (engine) => {
  let web: AccessUnderTest;
  beforeAll(async () => {
    web = await startAccess(engine.database(), { registrationOpen: true });
  });
  afterAll(() => web?.close());

  const send: AccessUnderTest["send"] = (...request) => web.send(...request);
  const as = (headers: Record<string, string>) => (method: string, path: string, body?: unknown) =>
    send(method, path, body, headers);
  const browser = (cookie: string) => as({ Cookie: cookie });
  const program = (token: string) => as({ Authorization: `Bearer ${token}` });

  let count = 0;
  /** An organization of its own; its admin in a browser, and as a program. */
  async function register() {
    const email = `admin@org${++count}.example`;
    const admin = { organization: `Org ${count}`, name: "Ada", email, password };
    const { status, body: tokens } = await send("POST", "/v1/auth/register", admin);
    expect(status).toBe(201);
    const { cookie } = await send("POST", "/session/sign-in", { email, password });
    return { email, tokens, cookie, asAdmin: browser(cookie) };
  }
  /** Somebody invited into an admin's organization, in a browser. */
  async function join(asAdmin: ReturnType<typeof browser>, role: string) {
    const email = `${randomUUID()}@org.example`;
    const invited = await asAdmin("POST", "/v1/people/invitations", { email, role });
    const token = invited.body.path.replace("/join#", "");
    const { cookie } = await send("POST", "/session/join", { token, name: `The ${role}`, password });
    const { body } = await browser(cookie)("GET", "/session");
    return { id: body.person.id as string, email, token, cookie, asPerson: browser(cookie) };
  }

  describe("a browser", () => {
    it("gets a cookie that no script and no other site can use", async () => {
      const { email } = await register();
      const { headers, status } = await send("POST", "/session/sign-in", { email, password });
      expect(status).toBe(200);
      const [cookie] = headers.getSetCookie();
      expect(cookie).toMatch(/^cloudoptima_session=[^;]+;/);
      for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=1209600"]) {
        expect(cookie).toContain(attribute);
      }
    });

    it("is refused alike for a wrong password and an address that nobody has", async () => {
      const { email } = await register();
      const wrong = await send("POST", "/session/sign-in", { email, password: "not this one" });
      const unknown = await send("POST", "/session/sign-in", { email: "x@y.example", password });
      expect(wrong.status).toBe(401);
      expect(unknown.status).toBe(401);
      expect(wrong.body.error.message).toBe(unknown.body.error.message);
      expect(wrong.headers.getSetCookie()).toEqual([]);
    });

    it("must wait after ten wrong passwords, and is told how long", async () => {
      const { email } = await register();
      for (let index = 0; index < 10; index++) {
        await web.people
          .verifyPassword(email, "wrong", { ...web.caller, address: `203.0.113.${index}` })
          .catch(() => undefined);
      }
      const { status, headers, body } = await send("POST", "/session/sign-in", { email, password });
      expect(status).toBe(429);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(60);
      expect(body.error.code).toBe("rate_limited");
    });

    it("cannot be made to act by another site", async () => {
      const { cookie } = await register();
      const foreign: Record<string, string>[] = [
        { Origin: "https://evil.example" },
        { "Sec-Fetch-Site": "cross-site" },
      ];
      for (const headers of foreign) {
        const forged = as({ Cookie: cookie, ...headers });
        expect((await forged("POST", "/v1/api-keys", { name: "stolen" })).status).toBe(403);
        expect((await forged("DELETE", "/session")).status).toBe(403);
      }
      const { body } = await browser(cookie)("GET", "/v1/api-keys");
      expect(body.apiKeys).toEqual([]);
    });

    it("sees its sessions, ends another one, and is out after its own sign-out", async () => {
      const { email, asAdmin } = await register();
      const second = await send("POST", "/session/sign-in", { email, password });
      const { body: account } = await asAdmin("GET", "/account");
      expect(account).toMatchObject({ email, hasPassword: true, demo: false });
      const other = account.sessions.find((session: { current: boolean }) => !session.current);
      expect((await asAdmin("DELETE", `/account/sessions/${other.id}`)).status).toBe(200);
      expect((await asAdmin("DELETE", `/account/sessions/${other.id}`)).status).toBe(404);
      expect((await browser(second.cookie)("GET", "/account")).status).toBe(401);
      const out = await asAdmin("DELETE", "/session");
      expect(out.headers.getSetCookie().at(-1)).toContain("Max-Age=0");
      expect((await asAdmin("GET", "/account")).status).toBe(401);
    });

    it("changes its password only with the present one", async () => {
      const { email, asAdmin } = await register();
      const next = "quite another password";
      expect((await asAdmin("PUT", "/account/password", { next })).status).toBe(400);
      expect((await asAdmin("PUT", "/account/password", { current: "wrong", next })).status).toBe(401);
      expect((await asAdmin("PUT", "/account/password", { current: password, next: "short" })).status).toBe(
        400,
      );
      expect((await asAdmin("PUT", "/account/password", { current: password, next })).status).toBe(200);
      expect((await send("POST", "/session/sign-in", { email, password })).status).toBe(401);
      expect((await send("POST", "/session/sign-in", { email, password: next })).status).toBe(200);
    });

    it("is asked for the password again before something grave", async () => {
      const { asAdmin } = await register();
      const before = (await asAdmin("GET", "/account")).body.signedInAt;
      web.pass(20 * 60_000);
      expect((await asAdmin("POST", "/account/sign-in-again", { password: "wrong" })).status).toBe(401);
      expect((await asAdmin("POST", "/account/sign-in-again", { password })).status).toBe(200);
      const after = (await asAdmin("GET", "/account")).body.signedInAt;
      expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(20 * 60_000);
    });
  });

  describe("a program", () => {
    it("registers, asks who it is, refreshes and logs out", async () => {
      const { tokens, email } = await register();
      expect(tokens).toMatchObject({ tokenType: "Bearer", expiresIn: 900, refreshExpiresIn: 604_800 });
      const me = await program(tokens.accessToken)("GET", "/v1/auth/me");
      expect(me.body).toMatchObject({ name: "Ada", role: "admin", via: "token", demo: false });
      const login = await send("POST", "/v1/auth/login", { email, password });
      expect(login.headers.getSetCookie()).toEqual([]);
      const { refreshToken } = login.body;
      const refreshed = await send("POST", "/v1/auth/refresh", { refreshToken });
      expect((await program(refreshed.body.accessToken)("GET", "/v1/auth/me")).status).toBe(200);
      await send("POST", "/v1/auth/logout", { refreshToken: refreshed.body.refreshToken });
      const ended = await send("POST", "/v1/auth/refresh", { refreshToken: refreshed.body.refreshToken });
      expect(ended.status).toBe(401);
    });

    it("loses the whole family when a refresh token is used twice", async () => {
      const { tokens } = await register();
      const { refreshToken } = tokens;
      const second = await send("POST", "/v1/auth/refresh", { refreshToken });
      expect((await send("POST", "/v1/auth/refresh", { refreshToken })).status).toBe(401);
      const next = { refreshToken: second.body.refreshToken };
      expect((await send("POST", "/v1/auth/refresh", next)).status).toBe(401);
    });

    it("is nobody with an expired, forged or senseless token, even beside a good cookie", async () => {
      const { tokens, cookie } = await register();
      const [, payload] = tokens.accessToken.split(".");
      const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
      for (const authorization of [
        `Bearer ${none}.${payload}.`,
        `Bearer ${tokens.accessToken}x`,
        "Bearer",
        `Basic ${Buffer.from("a:b").toString("base64")}`,
        "",
      ]) {
        const { status } = await send("GET", "/v1/auth/me", undefined, {
          Cookie: cookie,
          Authorization: authorization,
        });
        expect(status, authorization).toBe(401);
      }
      web.pass(16 * 60_000);
      const expired = { Authorization: `Bearer ${tokens.accessToken}` };
      expect((await send("GET", "/v1/auth/me", undefined, expired)).status).toBe(401);
      // It may still be sent along where a new one is fetched.
      const { refreshToken } = tokens;
      expect((await send("POST", "/v1/auth/refresh", { refreshToken }, expired)).status).toBe(200);
    });

    it("acts with an API key until it is revoked, and never does what only a person may", async () => {
      const { asAdmin } = await register();
      const { body: made } = await asAdmin("POST", "/v1/api-keys", { name: "CI", role: "admin" });
      const waysToShow: Record<string, string>[] = [
        { "X-API-Key": made.key },
        { Authorization: `Bearer ${made.key}` },
      ];
      for (const headers of waysToShow) {
        const withKey = as(headers);
        expect((await withKey("GET", "/v1/auth/me")).body).toMatchObject({ via: "api_key", role: "admin" });
        expect((await withKey("GET", "/v1/people")).status).toBe(200);
        const me = (await withKey("GET", "/v1/auth/me")).body.id;
        for (const [method, path, body] of [
          ["POST", "/v1/api-keys", { name: "more" }],
          ["DELETE", `/v1/api-keys/${made.apiKey.id}`, undefined],
          ["POST", "/v1/people/invitations", { email: "x@y.example", role: "admin" }],
          ["PUT", `/v1/people/${me}/role`, { role: "viewer" }],
          ["DELETE", `/v1/people/${me}`, undefined],
        ] as const) {
          expect((await withKey(method, path, body)).status, `${method} ${path}`).toBe(403);
        }
        // The browser's own routes know no keys.
        expect((await withKey("GET", "/account")).status).toBe(401);
      }
      expect((await asAdmin("DELETE", `/v1/api-keys/${made.apiKey.id}`)).status).toBe(200);
      expect((await as({ "X-API-Key": made.key })("GET", "/v1/auth/me")).status).toBe(401);
    });

    it("takes no misspelt field and no weak password", async () => {
      const admin = { organization: "Weak", name: "A", email: "a@weak.example", password: "short" };
      expect((await send("POST", "/v1/auth/register", admin)).status).toBe(400);
      expect((await send("POST", "/v1/auth/login", { email: "a", password, extra: 1 })).status).toBe(400);
      expect((await send("POST", "/v1/auth/login", { email: { $ne: "" }, password })).status).toBe(400);
    });
  });

  describe("people", () => {
    it("join by a link that works once, and count at once when changed or removed", async () => {
      const { asAdmin } = await register();
      const member = await join(asAdmin, "member");
      const again = { token: member.token, name: "Thief", password };
      expect((await send("POST", "/session/join", again)).status).toBe(403);
      expect((await member.asPerson("GET", "/v1/people")).status).toBe(403);
      expect((await asAdmin("PUT", `/v1/people/${member.id}/role`, { role: "admin" })).status).toBe(200);
      expect((await member.asPerson("GET", "/v1/people")).status).toBe(200);
      expect((await asAdmin("DELETE", `/v1/people/${member.id}`)).status).toBe(200);
      expect((await member.asPerson("GET", "/v1/people")).status).toBe(401);
      const signIn = await send("POST", "/session/sign-in", { email: member.email, password });
      expect(signIn.status).toBe(401);
    });

    it("cannot take the last admin away", async () => {
      const { asAdmin } = await register();
      const me = (await asAdmin("GET", "/session")).body.person.id;
      expect((await asAdmin("PUT", `/v1/people/${me}/role`, { role: "member" })).status).toBe(409);
      expect((await asAdmin("DELETE", `/v1/people/${me}`)).status).toBe(409);
    });

    it("of another organization are not there", async () => {
      const { asAdmin } = await register();
      const stranger = await join((await register()).asAdmin, "member");
      expect((await asAdmin("PUT", `/v1/people/${stranger.id}/role`, { role: "viewer" })).status).toBe(404);
      expect((await asAdmin("DELETE", `/v1/people/${stranger.id}`)).status).toBe(404);
      expect((await asAdmin("POST", `/v1/people/${stranger.id}/password-link`, {})).status).toBe(404);
      expect((await stranger.asPerson("GET", "/session")).body.person.role).toBe("member");
    });
  });

  describe("the demo", () => {
    const click = async () => (await send("POST", "/session/demo", {})).cookie;

    it("signs in by one click as the first admin, and as another demo person from there", async () => {
      const asAdmin = browser(await click());
      const { body } = await asAdmin("GET", "/session");
      expect(body).toMatchObject({ person: { name: "Demo Admin", role: "admin", demo: true } });
      expect(body.demoPeople.map(({ role }: { role: string }) => role)).toEqual([
        "admin",
        "admin",
        "member",
        "viewer",
        "auditor",
      ]);
      const switched = await asAdmin("POST", "/session/demo", { personId: body.demoPeople[2].id });
      const member = await browser(switched.cookie)("GET", "/session");
      expect(member.body.person).toMatchObject({ name: "Demo Member", role: "member", demo: true });
      const elsewhere = await asAdmin("POST", "/session/organization", { organizationId: sunBird.id });
      const there = await browser(elsewhere.cookie)("GET", "/session");
      expect(there.body).toMatchObject({ organization: { name: "SunBird" }, person: { role: "admin" } });
    });

    it("opens nobody but its own people, and nothing once something real is connected", async () => {
      const { asAdmin } = await register();
      const real = (await asAdmin("GET", "/session")).body;
      const asDemo = browser(await click());
      expect((await asDemo("POST", "/session/demo", { personId: real.person.id })).status).toBe(404);
      const organizationId = real.organization.id;
      expect((await asDemo("POST", "/session/organization", { organizationId })).status).toBe(404);
      expect((await send("POST", "/session/demo", { personId: randomUUID() })).status).toBe(401);
      web.demoSignIn(false);
      try {
        expect((await send("POST", "/session/demo", {})).status).toBe(404);
        const { body } = await asDemo("GET", "/session");
        expect(body).toMatchObject({ demoSignIn: false, organizations: [], demoPeople: [] });
        // A session that was opened by the click before changes no rules of who may any more.
        const stopped = await asDemo("PUT", "/v1/remediation/stop", { stopped: true });
        expect(stopped).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
      } finally {
        web.demoSignIn(true);
      }
    });

    it("sets a password for whoever clicked, without one before", async () => {
      const asAdmin = browser(await click());
      expect((await asAdmin("GET", "/account")).body).toMatchObject({ hasPassword: false, demo: true });
      expect((await asAdmin("PUT", "/account/password", { next: password })).status).toBe(200);
      const login = await send("POST", "/session/sign-in", { email: "admin@contoso.example", password });
      expect((await browser(login.cookie)("GET", "/session")).body.person.demo).toBe(true);
    });
  });
});

describeEachEngine("the set-up link", (engine) => {
  it("makes the first admin once, after a mistake too", async () => {
    const web = await startAccess(engine.database(), { demo: false });
    try {
      const admin = { name: "Ada", email: "ada@contoso.example", password };
      const { token } = web.setupLink;
      expect((await web.send("POST", "/session/setup", { ...admin, token: "wrong" })).status).toBe(403);
      const weak = { ...admin, token, password: "short" };
      expect((await web.send("POST", "/session/setup", weak)).status).toBe(400);
      const done = await web.send("POST", "/session/setup", { ...admin, token });
      expect(done.status).toBe(200);
      const { body } = await web.send("GET", "/session", undefined, { Cookie: done.cookie });
      expect(body).toMatchObject({
        person: { name: "Ada", email: "ada@contoso.example", role: "admin", demo: false },
        organization: { name: "My organization" },
        demoPeople: [],
      });
      expect((await web.send("POST", "/session/setup", { ...admin, token })).status).toBe(403);
      const closed = { ...admin, organization: "Other", email: "o@other.example" };
      expect((await web.send("POST", "/v1/auth/register", closed)).status).toBe(403);
      expect((await web.send("POST", "/session/register", closed)).status).toBe(403);
      expect((await web.send("POST", "/session/demo", {})).status).toBe(404);
    } finally {
      await web.close();
    }
  });
});
