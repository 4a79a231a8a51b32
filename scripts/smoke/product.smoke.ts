import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../run.ts";
import { type NpmProcess, startNpm } from "./npm-process.ts";
import { ordinaryUser } from "./ordinary-user.ts";
import { closeTerminals, runAtTerminal } from "./pseudo-terminal.ts";

const user = ordinaryUser();
const question = "What did we spend last month by service?";
const taken = createServer();
const started: NpmProcess[] = [];
let product: NpmProcess;
let address: string;
let cookie: string;

beforeAll(async () => {
  // Whoever installs it builds it; an ordinary user may have no right to write there.
  execFileSync(process.execPath, [join(root, "web", "build.ts")], { stdio: "inherit" });
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  for (const npm of started) npm.destroy();
  closeTerminals();
  taken.close();
  rmSync(user.home, { recursive: true, force: true });
});

const takenPort = () => (taken.address() as AddressInfo).port;

function npm(parameters: string[], env: NodeJS.ProcessEnv): NpmProcess {
  const process = startNpm(user, parameters, env);
  started.push(process);
  return process;
}

/** `npm start`, up to its three lines. */
async function start(env: NodeJS.ProcessEnv): Promise<string[]> {
  product = npm(["--silent", "start"], { PORT: String(takenPort()), ...env });
  const lines = await product.lines(3);
  address = /http:\/\/127\.0\.0\.1:\d+/.exec(lines[0]!)![0];
  return lines;
}

/** One command of the terminal, to its end. */
async function terminal(parameters: string[], env: NodeJS.ProcessEnv) {
  const process = npm(["run", "-s", "cloudoptima", "--", ...parameters], env);
  const code = await process.ended;
  return { code, stdout: process.stdout(), stderr: process.stderr() };
}

function send(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${address}/api${path}`, {
    method,
    headers: { Origin: address, ...(cookie ? { Cookie: cookie } : {}), "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const cookieOf = (response: Response) => response.headers.get("set-cookie")!.split(";")[0]!;

describe("npm start on an empty data folder", () => {
  const env = { CLOUDOPTIMA_DATA_DIR: join(user.home, "demo") };
  let spent: unknown;

  test("prints three lines, and says that it moved off a taken port", async () => {
    const lines = await start(env);
    const port = Number(new URL(address).port);
    expect(lines).toEqual([
      `CloudOptima AI: http://127.0.0.1:${port}`,
      'Runs on: embedded database, demo organizations "Contoso" (Azure sandbox) and "SunBird" (FOCUS file), built-in analyst',
      'Connect real things: README.md, "Point it at the real world" (Azure, PostgreSQL, a model)',
    ]);
    expect(port).toBeGreaterThan(takenPort());
    expect(product.stderr()).toContain(`Port ${takenPort()} is taken; using ${port}.`);
  });

  test("runs as an ordinary user, from a folder that is not its own", (context) => {
    // Where root cannot give its rights away, this is not tried; everything else then runs as root.
    if (user.impossible) context.skip(user.impossible);
    expect(process.cwd()).not.toBe(user.home);
    const owner = user.ids?.uid ?? process.getuid?.();
    for (const name of readdirSync(env.CLOUDOPTIMA_DATA_DIR)) {
      expect({ name, owner: statSync(join(env.CLOUDOPTIMA_DATA_DIR, name)).uid }).toEqual({ name, owner });
    }
    expect(owner).not.toBe(0);
  });

  test("shows its first page, and one click signs in", async () => {
    const page = await fetch(address);
    expect({ status: page.status, type: page.headers.get("content-type") }).toEqual({
      status: 200,
      type: "text/html; charset=utf-8",
    });
    const signedIn = await send("POST", "/session/demo", {});
    expect(signedIn.status).toBe(200);
    cookie = cookieOf(signedIn);
    expect((await send("POST", "/v1/conversations", { title: "To be kept" })).status).toBe(200);
    expect((await send("POST", "/v1/conversations", { title: "x".repeat(300_000) })).status).toBe(413);
  });

  test("answers an assistant over HTTP by its key, and by nothing else", async () => {
    const { key } = await (await send("POST", "/v1/api-keys", { name: "Assistant" })).json();
    const ask = (headers: Record<string, string>) =>
      fetch(`${address}/mcp`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json, text/event-stream",
          ...headers,
        },
        body: JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: "tools/call",
          params: { name: "get_cost_breakdown", arguments: { period: { words: "last month" } } },
        }),
      });
    const right = { Authorization: `Bearer ${key}` };
    const wrong: Record<string, string>[] = [
      {},
      { Cookie: cookie, Origin: address },
      { Authorization: "Bearer co_wrong" },
    ];
    for (const headers of wrong) {
      const refused = await ask(headers);
      expect({ status: refused.status, how: refused.headers.get("www-authenticate") }).toMatchObject({
        status: 401,
        how: expect.stringMatching(/^Bearer/),
      });
    }
    expect((await ask({ ...right, Origin: "https://evil.example" })).status).toBe(403);
    const answer = await ask(right);
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 200,
      text: expect.stringContaining('"structuredContent":{'),
    });
  });

  test("answers a question of the terminal with proven figures and a chart", async () => {
    const { code, stdout, stderr } = await terminal(["ask", question, "--json"], env);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const answer = JSON.parse(stdout);
    expect(answer.figures.length).toBeGreaterThan(0);
    expect(answer.views.length).toBeGreaterThan(0);
    spent = answer.toolCalls[0].output.total;
  });

  test("scans the sandbox again from the terminal", async () => {
    const { code, stdout } = await terminal(["scan"], env);
    expect(stdout).toMatch(/^Contoso sandbox \(done\): 3 subscriptions, 431 resources \(0 gone\), .*\n.*\n$/);
    expect(stdout).toMatch(/^\d+ open recommendations, 0 new, 0 no longer apply$/m);
    expect(code).toBe(0);
  });

  describe("the gate, from a finding to an undone change", () => {
    const password = "a long enough password";
    const show = async (parameters: string[]) =>
      JSON.parse((await terminal([...parameters, "--json"], env)).stdout);
    const atTerminal = (parameters: string[], answer: string) =>
      runAtTerminal(user, parameters, env, [
        { prompt: "Your e-mail address:", answer: "admin@contoso.example" },
        { prompt: "Your password:", answer },
        { prompt: 'Type "yes"', answer: "yes" }, // to the plan of the way back, which is shown last
      ]);
    let id: string;

    test("asking to stop something proposes it, and changes nothing", async () => {
      const { code, stdout } = await terminal(["ask", "stop the idle VMs in rg-dev"], env);
      const waiting = await show(["approvals"]);
      expect(waiting).toMatchObject([{ action: "stop_vm", status: "proposed", risk: "low" }]);
      id = waiting[0].id;
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(id) });
    });

    test("a script cannot approve: without a terminal it is refused, with exit code 3", async () => {
      const { code, stderr } = await terminal(["approve", id], env);
      expect({ code, stderr }).toMatchObject({
        code: 3,
        stderr: expect.stringContaining("person at a terminal"),
      });
      expect(await show(["approvals", id])).toMatchObject({ status: "proposed", approvals: [] });
    });

    test("a person at a terminal approves with their password, and undoes it again", async (context) => {
      if (process.platform !== "linux") context.skip("script(1) of util-linux makes the terminal");
      expect((await send("PUT", "/account/password", { next: password })).status).toBe(200);

      expect(await atTerminal(["approve", id], "not my password")).toMatchObject({ code: 3 });
      expect(await show(["approvals", id])).toMatchObject({ status: "proposed", approvals: [] });

      const approved = await atTerminal(["approve", id], password);
      expect(approved.code, approved.shown).toBe(0);
      expect(approved.shown).toMatch(/Stop \d+ virtual machines?/);
      expect(approved.shown).not.toContain(password);
      expect(await show(["approvals", id])).toMatchObject({ status: "completed" });

      const undone = await atTerminal(["rollback", id], password);
      expect(undone.code, undone.shown).toBe(0);
      expect(await show(["approvals", id])).toMatchObject({ status: "rolled_back" });
    });

    test("all of it stands in an audit log that is intact", async () => {
      const { code, stdout } = await terminal(["audit", "verify"], env);
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/intact/i) });
    });
  });

  test("SIGTERM to npm ends every process within five seconds", async () => {
    expect(product.running().length).toBeGreaterThan(1);
    expect(await product.end("SIGTERM", "npm")).toEqual([]);
  });

  test("a second start keeps the data, the session and the conversations", async () => {
    await start(env);
    const { conversations } = await (await send("GET", "/v1/conversations")).json();
    expect(conversations).toMatchObject([{ title: "To be kept" }]);
    const state = await (await send("GET", "/state")).json();
    expect(state.freshness).toMatchObject({ dataUntil: "2026-10-31" });
    const again = await terminal(
      ["tool", "get_cost_breakdown", "--input", '{"period":{"words":"last month"}}'],
      env,
    );
    expect(JSON.parse(again.stdout).total).toEqual(spent);
  });

  test("Ctrl-C ends every process within five seconds", async () => {
    expect(product.running().length).toBeGreaterThan(1);
    expect(await product.end("SIGINT", "terminal")).toEqual([]);
  });
});

describe("CLOUDOPTIMA_DEMO=0 npm start", () => {
  const env = { CLOUDOPTIMA_DATA_DIR: join(user.home, "own"), CLOUDOPTIMA_DEMO: "0" };
  let token: string;

  test("prints a set-up link in place of the demo", async () => {
    cookie = "";
    const [link, runsOn, connect, ...more] = await start(env);
    token =
      /^CloudOptima AI: \S+\/setup#([\w-]{32}) \(works once, for the first admin\)$/.exec(link!)?.[1] ?? "";
    expect(token).not.toBe("");
    expect(runsOn).toBe("Runs on: embedded database, your data, built-in analyst");
    expect(connect).toMatch(/^Connect real things: /);
    expect(more).toEqual([]);
    expect((await fetch(`${address}/setup`)).status).toBe(200);
  });

  test("has no demo sign-in, and shows nothing to a stranger", async () => {
    expect((await send("POST", "/session/demo", {})).status).toBe(404);
    expect((await send("GET", "/v1/conversations")).status).toBe(401);
    expect(await (await send("GET", "/session")).json()).toMatchObject({ person: null, demoSignIn: false });
  });

  test("the set-up link signs the first admin in, once, to an empty organization", async () => {
    const admin = { name: "Ada", email: "ada@contoso.example", password: "a long enough password" };
    const setUp = (given: string) => send("POST", "/session/setup", { ...admin, token: given });
    expect((await setUp(`${token.slice(1)}x`)).status).toBe(403);
    const first = await setUp(token);
    expect(first.status).toBe(200);
    expect((await setUp(token)).status).toBe(403);
    cookie = cookieOf(first);
    expect(await (await send("GET", "/session")).json()).toMatchObject({
      person: { role: "admin" },
      organization: { name: "My organization" },
      organizations: [],
    });
    expect(await (await send("GET", "/state")).json()).toMatchObject({
      freshness: { dataFrom: null, dataUntil: null },
      loading: [],
    });
    expect(await (await send("GET", "/v1/conversations")).json()).toMatchObject({ conversations: [] });
    const asked = await terminal(["ask", question], env);
    expect(asked).toMatchObject({ code: 4, stdout: expect.stringContaining("There is no cost data yet") });
  });

  test("SIGINT to npm alone ends every process within five seconds", async () => {
    expect(product.running().length).toBeGreaterThan(1);
    expect(await product.end("SIGINT", "npm")).toEqual([]);
  });
});

describe("the terminal on an empty data folder, with no web running", () => {
  test("loads the demo data first, answers from all of it, and leaves no process", async () => {
    const env = { CLOUDOPTIMA_DATA_DIR: join(user.home, "terminal") };
    const asking = npm(["run", "-s", "cloudoptima", "--", "ask", question], env);
    expect(await asking.ended).toBe(0);
    expect(asking.stdout()).toMatch(/^October 2026 cost \$\d/);
    expect(asking.running()).toEqual([]);
  }, 240_000);
});
