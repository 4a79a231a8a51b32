import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { Bench } from "./bench.ts";
import { closedAtEnd } from "./clean-up.ts";
import { measured } from "./result.ts";

const runs = 5;
const root = join(import.meta.dirname, "..", "..");
const question = "What did we spend last month by service?";
/** A start that takes longer is broken, not slow. */
const giveUpMs = 120_000;

/** The built web on a data folder that was started before: from the command to the end of the first answer. */
const bench: Bench = {
  name: "start",
  description: "warm start of the built web to the first answer",
  async run(log) {
    const dataDir = await mkdtemp(join(tmpdir(), "co-bench-start-"));
    const env = { ...process.env, CLOUDOPTIMA_DATA_DIR: dataDir, PORT: "0", CLOUDOPTIMA_DEMO: "1" };
    const remove = closedAtEnd(() => rm(dataDir, { recursive: true, force: true }));
    try {
      log("loading the demo data and building the pages");
      const service = await openToolService({ env, logLevel: "error" });
      await service.close();
      await startAndAsk(env);
      const samples: number[] = [];
      for (let run = 1; run <= runs; run++) {
        samples.push(await startAndAsk(env));
        log(`start ${run} of ${runs}: ${Math.round(samples.at(-1) ?? 0)} ms`);
      }
      return [
        measured(
          { metric: "start to first answer", unit: "ms", limit: 10_000, better: "lower", judge: "worst" },
          samples,
        ),
      ];
    } finally {
      await remove();
    }
  },
};
export default bench;

/** Milliseconds until a proven answer arrived; the server is ended again. */
async function startAndAsk(env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now();
  const web = spawn(process.execPath, [join(root, "web", "start.ts")], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => web.once("exit", resolve));
  const end = closedAtEnd(async () => {
    web.kill("SIGTERM");
    await ended;
  });
  const timer = setTimeout(() => web.kill("SIGKILL"), giveUpMs);
  try {
    const address = await printedAddress(web);
    const answer = await askOverHttp(address);
    if (!answer.includes('"type":"data-figure"'))
      throw new Error(`The first answer has no figure: ${answer}`);
    return performance.now() - started;
  } finally {
    await end();
    clearTimeout(timer);
  }
}

async function printedAddress(web: ChildProcess): Promise<string> {
  if (!web.stdout) throw new Error("The web has no stdout.");
  for await (const line of createInterface({ input: web.stdout })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address) return new URL(address).origin;
  }
  throw new Error("The web ended without printing its address.");
}

async function askOverHttp(address: string): Promise<string> {
  const headers = { Origin: address, "Content-Type": "application/json" };
  const signIn = await fetch(`${address}/api/session/demo`, { method: "POST", headers, body: "{}" });
  if (!signIn.ok) throw new Error(`Sign-in answered ${signIn.status}.`);
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const post = (path: string, body: object) =>
    fetch(`${address}/api/${path}`, {
      method: "POST",
      headers: { ...headers, Cookie: cookie },
      body: JSON.stringify(body),
    });
  const conversation = (await (await post("conversations", { title: question })).json()) as { id: string };
  return (await post("chat", { conversationId: conversation.id, message: question })).text();
}
