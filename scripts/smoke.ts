import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Starts the built product with `npm start` on an empty data folder, signs in, asks one question,
 * expects a proven figure and a chart, and ends it with SIGTERM to npm: as a stranger would.
 */

const firstAnswerLimitMs = 90_000;
const stopLimitMs = 5_000;
const dataDir = mkdtempSync(join(tmpdir(), "cloudoptima-smoke-"));
const started = performance.now();

const npm = spawn("npm", ["start"], {
  cwd: join(import.meta.dirname, ".."),
  env: { ...process.env, CLOUDOPTIMA_DATA_DIR: dataDir, CLOUDOPTIMA_NOW: "2026-11-01T09:00:00Z" },
  stdio: ["ignore", "pipe", "inherit"],
});
const exited = new Promise<number | null>((resolve) => npm.on("exit", (code) => resolve(code)));

try {
  const address = await printedAddress();
  const answer = await ask(address, "What did we spend last month by service?");
  const elapsedMs = Math.round(performance.now() - started);
  if (!answer.includes('"type":"data-figure"')) throw new Error(`No proven figure in the answer:\n${answer}`);
  if (!answer.includes('"type":"data-view"')) throw new Error(`No chart in the answer:\n${answer}`);
  if (elapsedMs > firstAnswerLimitMs) throw new Error(`The first answer took ${elapsedMs} ms.`);
  process.stderr.write(`smoke: first proven answer after ${elapsedMs} ms\n`);

  const stopping = performance.now();
  npm.kill("SIGTERM");
  await exited;
  const stopMs = Math.round(performance.now() - stopping);
  if (stopMs > stopLimitMs) throw new Error(`Stopping took ${stopMs} ms.`);
  if (await isUp(address)) throw new Error("The server still answers after npm ended.");
  process.stderr.write(`smoke: stopped after ${stopMs} ms\n`);
} finally {
  npm.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
}

async function printedAddress(): Promise<string> {
  for await (const line of createInterface({ input: npm.stdout })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address) return address.replace(/\/$/, "");
  }
  throw new Error(`npm start ended without printing an address (exit ${await exited}).`);
}

/** Signs in to the demo and asks until its data has arrived: the first minute of a new user. */
async function ask(address: string, message: string): Promise<string> {
  const headers = { Origin: address, "Content-Type": "application/json" };
  const signIn = await fetch(`${address}/api/session/demo`, { method: "POST", headers, body: "{}" });
  if (!signIn.ok) throw new Error(`Sign-in answered ${signIn.status}: ${await signIn.text()}`);
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  for (;;) {
    const response = await fetch(`${address}/api/chat`, {
      method: "POST",
      headers: { ...headers, Cookie: cookie },
      body: JSON.stringify({ conversationId: randomUUID(), message }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The chat answered ${response.status}: ${text}`);
    if (text.includes('"type":"data-figure"') || performance.now() - started > firstAnswerLimitMs)
      return text;
    await pause(1_000);
  }
}

async function isUp(address: string): Promise<boolean> {
  return fetch(address).then(
    () => true,
    () => false,
  );
}
