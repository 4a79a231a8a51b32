import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import type { Bench } from "./bench.ts";
import { closedAtEnd } from "./clean-up.ts";
import { measured } from "./result.ts";
import type { EstateChanges } from "./scan-estate.ts";
import type { ScanRun, ScanTask } from "./scan-run.ts";

const resources = 20_000;
const now = "2026-10-14T09:00:00Z";
const fullLimitSeconds = 60;

/**
 * The inventory of a large estate into PostgreSQL, within Azure's quotas, then again with one in a hundred
 * resources changed. Sandbox, scan and database are processes of their own. Costs and metrics are no part of it.
 */
const bench: Bench = {
  name: "scan",
  description: `the inventory of ${resources} resources into PostgreSQL, then what changed`,
  async run(log) {
    const server = await startPostgresServer();
    const stop = closedAtEnd(() => server.stop());
    const sandbox = converse("scan-sandbox.ts", [String(resources), now]);
    const scanner = converse("scan-run.ts", []);
    try {
      const access = await sandbox.answer<ScanTask["sandbox"]>();
      log(`the sandbox serves ${resources} resources`);
      const full = await scanner.ask<ScanRun>(
        JSON.stringify({ databaseUrl: server.url, now, sandbox: access } satisfies ScanTask),
      );
      log(`full: ${full.readCount} resources in ${full.seconds.toFixed(1)} s, ${Math.round(full.peakMb)} MB`);
      require(full, "full", resources);
      const changes = await sandbox.ask<EstateChanges>("change");
      // Nobody scans twice in one of Azure's windows of five seconds; waiting for the next is no part of a scan.
      await setTimeout(5_500);
      const incremental = await scanner.ask<ScanRun>("again");
      log(`incremental: ${incremental.readCount} resources in ${incremental.seconds.toFixed(1)} s`);
      require(incremental, "incremental", resources + changes.created - changes.deleted);
      if (incremental.goneCount !== changes.deleted) throw new Error("Not every deleted resource is gone.");
      return [
        measured({ ...lower, metric: "full inventory", unit: "s", limit: fullLimitSeconds }, [full.seconds]),
        measured({ ...lower, metric: "incremental inventory, of the full one", unit: "%", limit: 25 }, [
          (100 * incremental.seconds) / full.seconds,
        ]),
        measured({ ...lower, metric: "memory of the scanning process", unit: "MB", limit: 600 }, [
          incremental.peakMb,
        ]),
      ];
    } finally {
      await scanner.end();
      await sandbox.end();
      await stop();
    }
  },
};
export default bench;

const lower = { better: "lower", judge: "worst" } as const;

/** A quick scan that lost something would be no result. */
function require(run: ScanRun, kind: ScanRun["kinds"][number], storedCount: number): void {
  if (run.kinds.join() !== kind) throw new Error(`The scan was ${run.kinds.join()}, not ${kind}.`);
  if (run.storedCount !== storedCount) {
    throw new Error(`${run.storedCount} resources are stored, not ${storedCount}.`);
  }
}

/** A process that answers each line with a line of JSON. */
function converse(script: string, args: string[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, "exit");
  async function answer<Answer>(): Promise<Answer> {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} ended without an answer.`);
    return JSON.parse(value) as Answer;
  }
  return {
    answer,
    ask<Answer>(line: string): Promise<Answer> {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    end: closedAtEnd(async () => {
      child.stdin.end();
      await exited;
    }),
  };
}
