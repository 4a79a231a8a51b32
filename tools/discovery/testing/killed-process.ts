// A process of the product that a test ends with kill -9: it scans a sandbox, imports a file or loads costs, and is done.
import { writeSync } from "node:fs";
import { openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { systemActor } from "../../access/system-actor.ts";
import { virtualPace } from "../../clouds/azure/testing.ts";
import { createConnectCloud } from "../../clouds/connect.ts";
import { importFocusFile } from "../../costs/import/import-focus-file.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { createTestTools } from "../../testing/test-tools.ts";
import { loadConnectionCosts } from "./load-connection-costs.ts";
import type { KilledJob } from "./run-and-kill.ts";

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

let writes = 0;

function dieWhereWanted(what: string): void {
  if (!job.kill || (job.kill.of ?? what) !== what || ++writes !== job.kill.atWrite) return;
  const die = () => process.kill(process.pid, "SIGKILL");
  if (job.kill.afterMs) setTimeout(die, job.kill.afterMs);
  else die();
}

/** The context of a job that says of each write that it begins, and dies there where the test wants it to. */
function announced(what: string): WriteContext {
  const ctx = tools.context(actor);
  return {
    ...ctx,
    write: (work) =>
      ctx.write(async (transaction) => {
        // At once: a buffered line would not leave a process that is killed.
        writeSync(1, `writing ${what}\n`);
        dieWhereWanted(what);
        return work(transaction);
      }),
  };
}

if (costsOf) {
  for (const id of costsOf) await loadConnectionCosts(announced(id), id);
} else if (importPath === undefined) {
  await tools.invoke({ actor, name: "scan", input: {}, source: "worker" }).catch((error: unknown) => {
    // A scan that could keep nothing at all says so as a whole.
    const { code } = AppError.from(error);
    if (!job.connectionsEnd || code !== "unavailable") throw error;
  });
} else {
  await importFocusFile(announced(""), { path: importPath, connectionId: async () => connectionId });
}
await database.close();
