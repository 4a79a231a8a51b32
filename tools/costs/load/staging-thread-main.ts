import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { StagingDatabase } from "./staging-database.ts";
import type { StagingReply, StagingRequest } from "./staging-request.ts";

// A load takes the time that nobody else wants. On Linux alone 0 is this thread; elsewhere it is the process.
const LOW_PRIORITY = 10;
if (process.platform === "linux") setPriority(0, LOW_PRIORITY);

let database: StagingDatabase | undefined;
/** The request before: a database answers one at a time. */
let last: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (request: StagingRequest) => {
  const answer =
    request.task === "interrupt" ? perform(request) : last.catch(() => {}).then(() => perform(request));
  if (request.task !== "interrupt") last = answer;
  const { id } = request;
  answer.then(
    (rows) => reply(rows ? { id, rows } : { id }),
    (cause: Error) => reply({ id, error: cause.message }),
  );
});

function reply(message: StagingReply): void {
  parentPort?.postMessage(message);
}

async function perform(request: StagingRequest): Promise<StagingReply["rows"]> {
  if (request.task === "open") {
    database = await StagingDatabase.open(request.spillDirectory);
    return;
  }
  if (!database) throw new Error("The staging database is not open.");
  switch (request.task) {
    case "rows":
      return database.query(request.sql);
    case "run":
      await database.query(request.sql);
      return;
    case "append":
      await database.append(request.table, request.rows);
      return;
    case "interrupt":
      database.interrupt();
      return;
    case "close":
      database.close();
      database = undefined;
  }
}
