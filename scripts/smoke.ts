import "./require-node.ts";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { root } from "./run.ts";

// Starts the built product as a stranger would, asks it one question from a second process, and ends it.
const startLimitMs = 90_000;
const endLimitMs = 5_000;
const question = "What did we spend last month by service?";

const dataDir = await mkdtemp(join(tmpdir(), "co-smoke-"));
const env = { ...process.env, CLOUDOPTIMA_DATA_DIR: dataDir, CLOUDOPTIMA_DEMO: "1" };
const say = (text: string) => process.stdout.write(`${text}\n`);

const started = performance.now();
const product = spawn("npm", ["start", "--silent"], { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
try {
  const address = await untilAddress();
  say(`started in ${seconds(started)} s at ${address}`);
  const page = await fetch(address);
  if (!page.ok) throw new Error(`The first page answers ${page.status}.`);

  const asked = performance.now();
  const { stdout } = await promisify(execFile)(
    "npm",
    ["run", "-s", "cloudoptima", "--", "ask", question, "--json"],
    {
      cwd: root,
      env,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const answer = JSON.parse(stdout) as { answer: string; figures: unknown[]; views: unknown[] };
  if (answer.figures.length === 0 || answer.views.length === 0) {
    throw new Error(`The answer has no proven figure or no chart: ${answer.answer}`);
  }
  say(`answered after ${seconds(asked)} s: ${answer.answer.split("\n")[0]}`);

  const ending = performance.now();
  product.kill("SIGTERM");
  await Promise.race([
    once(product, "exit"),
    new Promise((_, reject) => setTimeout(() => reject(new Error("It did not end within 5 s.")), endLimitMs)),
  ]);
  say(`ended in ${seconds(ending)} s`);
} finally {
  product.kill("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);

function untilAddress(): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("It did not start within 90 s.")), startLimitMs);
    createInterface({ input: product.stdout }).on("line", (line) => {
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    product.once("exit", (code) => reject(new Error(`npm start ended with ${code}.`)));
  });
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
