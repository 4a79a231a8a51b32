import { exitCodes } from "./exit-codes.ts";
import { run } from "./run.ts";

/** Every command ends within five seconds of a Ctrl-C. */
const longestEndMs = 4_800;

const interruption = new AbortController();
let outcome: number | undefined;
let interruptedMs = 0;

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    // A second Ctrl-C means now: the data survives it (the store is crash-safe), the person does not wait.
    // npm may pass on the same Ctrl-C again within moments: that is not a second one.
    if (interruption.signal.aborted) {
      if (performance.now() - interruptedMs > 500) process.exit(exitCodes.interrupted);
      return;
    }
    interruptedMs = performance.now();
    interruption.abort();
    // A database that is being made for the first time cannot be closed yet; nobody should wait for that.
    setTimeout(() => process.exit(exitCodes.interrupted), longestEndMs).unref();
  });
}

// `... | head` closes the pipe: that is a wish to stop, not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    outcome ??= exitCodes.done;
    interruption.abort();
  });
}

const code = await run(process.argv.slice(2), interruption.signal);
process.exitCode = outcome ?? code;
// The database worker and pools are closed; if a library still holds a handle, it does not hold the person.
setTimeout(() => process.exit(), 2_000).unref();
