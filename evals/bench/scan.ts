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
import type { ServedEstate } from "./scan-sandbox.ts";

const resources = 20_000;
const now = "2026-10-14T09:00:00Z";
const fullLimitSeconds = 60;

/**
 * The inventory of a large estate into PostgreSQL, within Azure's quotas, then again with one in a hundred
 * resources changed: with the listing of what each storage account holds, and of who changed what, as every scan does
 * it. Sandbox, scan and database are processes of their own. Costs and metrics are no part of it.
 */
const bench: Bench = {
  name: "scan",
  description: `the inventory of ${resources} resources and the disks in their storage accounts into PostgreSQL, then what changed`,
  async run(log) {
    const server = await startPostgresServer();
    const stop = closedAtEnd(() => server.stop());
    const sandbox = converse("scan-sandbox.ts", [String(resources), now]);
    const scanner = converse("scan-run.ts", []);
    try {
      const { access, diskBlobCount } = await sandbox.answer<ServedEstate>();
      log(`the sandbox serves ${resources} resources and ${diskBlobCount} disks in storage accounts`);
      const full = await scanner.ask<ScanRun>(
        JSON.stringify({ databaseUrl: server.url, now, sandbox: access } satisfies ScanTask),
      );
      log(`full: ${told(full)}, ${Math.round(full.peakMb)} MB`);
      require(full, "full", resources, diskBlobCount);
      const changes = await sandbox.ask<EstateChanges>("change");
      // Nobody scans twice in one of Azure's windows of five seconds; waiting for the next is no part of a scan.
      await setTimeout(5_500);
      const incremental = await scanner.ask<ScanRun>("again");
      const share = Math.round((100 * incremental.seconds) / full.seconds);
      log(`incremental: ${told(incremental)}, ${share} % of the full one`);
      require(incremental, "incremental", resources + changes.created - changes.deleted, diskBlobCount);
      const changed = changes.updated + changes.created + changes.deleted;
      if (incremental.toldCount - full.toldCount !== changed)
        throw new Error(
          `The cloud told of ${incremental.toldCount - full.toldCount} changes, not ${changed}.`,
        );
      if (incremental.goneCount !== changes.deleted) throw new Error("Not every deleted resource is gone.");
      return [
        measured(
          {
            ...lower,
            metric: "full scan, storage accounts and changes with it",
            unit: "s",
            limit: fullLimitSeconds,
          },
          [full.seconds],
        ),
        measured({ ...lower, metric: "incremental scan, of the full one", unit: "%", limit: 25 }, [
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

function told(run: ScanRun): string {
  return (
    `${run.readCount} resources in ${run.seconds.toFixed(1)} s, ${run.diskBlobSeconds.toFixed(1)} s of them the ` +
    `storage accounts, ${run.changeSeconds.toFixed(1)} s the changes (${run.toldCount} known)`
  );
}

/** A quick scan that lost something would be no result. */
function require(
  run: ScanRun,
  kind: ScanRun["kinds"][number],
  storedCount: number,
  diskBlobCount: number,
): void {
  if (run.kinds.join() !== kind) throw new Error(`The scan was ${run.kinds.join()}, not ${kind}.`);
  if (run.storedCount !== storedCount) {
    throw new Error(`${run.storedCount} resources are stored, not ${storedCount}.`);
  }
  if (run.diskBlobCount !== diskBlobCount) {
    throw new Error(`${run.diskBlobCount} disks in storage accounts are stored, not ${diskBlobCount}.`);
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
