import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../run.ts";
import type { OrdinaryUser } from "./ordinary-user.ts";
import { type RunningProcess, runningProcesses } from "./running-processes.ts";

/** What the product promises for its end. */
const endLimitMs = 5_000;
const startLimitMs = 90_000;

export interface NpmProcess {
  stdout(): string;
  stderr(): string;
  /** The lines of its stdout once it has printed so many; fails when it ends before. */
  lines(count: number): Promise<string[]>;
  /** The exit code, when it ends by itself. */
  ended: Promise<number | null>;
  /** Processes of its tree that live now. */
  running(): RunningProcess[];
  /**
   * Sends the signal to npm alone, or to its whole group as Ctrl-C on a terminal does, and gives what still
   * runs five seconds later, or as soon as nothing does.
   */
  end(signal: NodeJS.Signals, receiver: "npm" | "terminal"): Promise<RunningProcess[]>;
  /** Ends whatever is left, after a test that failed. */
  destroy(): void;
}

/** `npm --prefix FOLDER …` from a foreign folder, in a session of its own. */
export function startNpm(user: OrdinaryUser, parameters: string[], env: NodeJS.ProcessEnv): NpmProcess {
  const child = spawn("npm", ["--prefix", root, ...parameters], {
    ...user.ids,
    cwd: user.home,
    env: { ...user.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid!;
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const running = () => runningProcesses(pid, `CLOUDOPTIMA_DATA_DIR=${env.CLOUDOPTIMA_DATA_DIR}`);

  return {
    stdout,
    stderr,
    ended,
    running,
    lines: (count) => untilLines(child, stdout, stderr, count),
    async end(signal, receiver) {
      const deadline = performance.now() + endLimitMs;
      process.kill(receiver === "npm" ? pid : -pid, signal);
      while (running().length > 0 && performance.now() < deadline) await delay(20);
      return running();
    },
    destroy() {
      for (const left of running()) process.kill(left.pid, "SIGKILL");
    },
  };
}

function untilLines(
  child: ChildProcess,
  stdout: () => string,
  stderr: () => string,
  count: number,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${what}\n${stdout()}${stderr()}`));
    const timer = setTimeout(() => fail(`It did not start within ${startLimitMs / 1000} s.`), startLimitMs);
    const look = () => {
      const lines = stdout().split("\n").slice(0, -1);
      if (lines.length < count) return;
      clearTimeout(timer);
      resolve(lines);
    };
    child.stdout?.on("data", look);
    child.once("close", (code) => fail(`It ended with ${code} before it was up.`));
    look();
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
