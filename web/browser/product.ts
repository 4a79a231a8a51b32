import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject } from "vitest";

export interface Product {
  /** Its address as printed, e.g. http://127.0.0.1:41234 */
  address: string;
  /** All lines of its stdout. */
  lines: string[];
  /** SIGTERM; returns the exit code and how long it took. */
  stop(): Promise<{ code: number | null; milliseconds: number }>;
}

/** The demo on a day that never changes, in this data folder. */
export const demoEnvironment = (dataDir: string) => ({
  CLOUDOPTIMA_DATA_DIR: dataDir,
  CLOUDOPTIMA_NOW: "2026-11-01T09:00:00Z",
  CLOUDOPTIMA_DEMO: "1",
  DATABASE_URL: "",
});

/** A data folder of the suite's own, with the demo's data in it; the caller removes it. */
export function copyDemoData(suite: string): string {
  const dataDir = mkdtempSync(join(tmpdir(), `cloudoptima-${suite}-`));
  cpSync(inject("demoDataDir"), dataDir, { recursive: true });
  return dataDir;
}

/** Starts the built product as `npm start` does, on a free port, and waits for its three lines. */
export async function startProduct(dataDir: string, env: Record<string, string> = {}): Promise<Product> {
  const root = join(import.meta.dirname, "..", "..");
  const child = spawn(process.execPath, [join(root, "web", "start.ts")], {
    cwd: root,
    env: {
      ...withoutModel(process.env),
      ...demoEnvironment(dataDir),
      HOST: "127.0.0.1",
      PORT: "0",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      lines.push(line);
      if (lines.length === 3) resolve();
    });
    void exited.then((code) => reject(new Error(`The product ended with ${code} before it was up.`)));
  });
  const address = /https?:\/\/[^\s/]+/.exec(lines[0]!)![0];
  return { address, lines, stop: () => stop(child, exited) };
}

async function stop(child: ChildProcess, exited: Promise<number | null>) {
  const started = performance.now();
  child.kill("SIGTERM");
  return { code: await exited, milliseconds: performance.now() - started };
}

/** A key on this machine must not turn a test into a call to a real model. */
function withoutModel(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, MODEL: _model, ...rest } = env;
  return rest as NodeJS.ProcessEnv;
}
