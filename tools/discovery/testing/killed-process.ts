// A process of the product that a test ends with kill -9: it scans a sandbox, imports a file or loads costs, and is done.
import diagnostics from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import type { ClientRequest } from "node:http";
import { openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { systemActor } from "../../access/system-actor.ts";
import { virtualPace } from "../../clouds/azure/testing.ts";
import { createConnectCloud } from "../../clouds/connect.ts";
import { importFocusFile } from "../../costs/import/import-focus-file.ts";
import type { Progress, WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { createTestTools } from "../../testing/test-tools.ts";
import { loadConnectionCosts } from "./load-connection-costs.ts";
import { judging, type KilledJob } from "./run-and-kill.ts";

// Written by the test that starts this process.
const job = JSON.parse(process.argv[2]!) as KilledJob;
const database = await openPlace(job.place, job.connectionsEnd ? () => undefined : undefined);
const { access, importPath, costsOf, connectionId } = job;
if (job.exportsDir !== undefined) process.env.CLOUDOPTIMA_COST_EXPORTS = job.exportsDir;
const tools = createTestTools({
  database,
  now: job.now,
  ...(access
    ? { connectCloud: createConnectCloud({ sandbox: () => ({ ...access, pace: virtualPace() }) }) }
    : {}),
});
const actor = systemActor(job.organization);

const die = () => process.kill(process.pid, "SIGKILL");
const dieAfter = (ms: number) => void (ms === 0 ? die() : setTimeout(die, ms));

let writes = 0;

/** Says that a write begins: at once, for a buffered line would not leave a process that is killed. */
function writing(what: string): void {
  writeSync(1, `writing ${what}\n`);
  const { kill } = job;
  if (kill?.atWrite === undefined || (kill.of ?? what) !== what || ++writes !== kill.atWrite) return;
  dieAfter(kill.afterMs ?? 0);
}

let answers = 0;
diagnostics.subscribe("http.client.response.finish", (message) => {
  const path = (message as { request: ClientRequest }).request.path.toLowerCase();
  const { kill } = job;
  if (kill?.atAnswer === undefined) return;
  if (path.includes(kill.of) && ++answers === kill.atAnswer) dieAfter(kill.afterMs);
  else if (kill.before !== undefined && path.includes(kill.before)) die();
});

/** The embedded engine's batches grow with its speed, so there may be fewer writes than the test counted. */
function dieAtTheEnd(what: string): void {
  const { kill, place } = job;
  if ("filesDir" in place && kill?.atWrite !== undefined && (kill.of ?? what) === what) die();
}

/** The context of a job that says of each write that it begins. */
function announced(what: string): WriteContext {
  const ctx = tools.context(actor);
  return {
    ...ctx,
    write: (work) =>
      ctx.write(async (transaction) => {
        writing(what);
        return work(transaction);
      }),
  };
}

if (costsOf) {
  for (const id of costsOf) {
    await loadConnectionCosts(announced(id), id);
    dieAtTheEnd(id);
  }
} else if (importPath === undefined) {
  let judges = false;
  database.pool.on("acquire", () => judges && writing(judging));
  const onProgress = ({ message }: Progress) => {
    judges ||= message.endsWith(": recommendations");
  };
  await tools
    .invoke({ actor, name: "scan", input: {}, source: "worker", onProgress })
    .catch((error: unknown) => {
      // A scan that could keep nothing at all says so as a whole.
      const { code } = AppError.from(error);
      if (!job.connectionsEnd || code !== "unavailable") throw error;
    });
} else {
  await importFocusFile(announced(""), { path: importPath, connectionId: async () => connectionId });
  dieAtTheEnd("");
}
await database.close();
