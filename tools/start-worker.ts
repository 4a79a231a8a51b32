import "../scripts/require-node.ts";
import { setTimeout as delay } from "node:timers/promises";
import { readToolsEnv } from "./env.ts";
import { AppError } from "./kernel/errors.ts";
import { openProduct } from "./product.ts";

/** Every process of the product ends within five seconds of a signal. */
const longestEndMs = 4_800;

const tell = (line: string) => process.stderr.write(`${line}\n`);

/** A worker: carries out approved plans and scheduled work of a database server, and serves nobody. */
async function start(): Promise<void> {
  const ending = new AbortController();
  const settings = readToolsEnv(process.env);
  if (!settings.databaseUrl) {
    throw new AppError("invalid_input", "A worker needs a database server: DATABASE_URL is not set.", {
      hint: "The embedded database has one process, which does this work itself: npm start is enough.",
    });
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ending.abort());
  const product = await openProduct({ needOwner: true, signal: ending.signal });
  process.stdout.write(
    "CloudOptima worker: carries out approved changes and scheduled scans, on PostgreSQL\n",
  );
  if (settings.demo) {
    tell("The demo's sandbox is each process's own. With several processes set CLOUDOPTIMA_DEMO=0.");
  }
  await new Promise((resolve) => {
    // Nothing else keeps this process: what it waits for are timers and notifications.
    const alive = setInterval(() => {}, 60_000);
    const end = () => resolve(clearInterval(alive));
    if (ending.signal.aborted) end();
    else ending.signal.addEventListener("abort", end, { once: true });
  });
  await Promise.race([
    product.service.close(),
    delay(longestEndMs, undefined, { ref: false }).then(() => process.exit(1)),
  ]);
  process.exit(0);
}

start().catch((error: unknown) => {
  const { message, hint } = AppError.from(error);
  tell(hint ? `${message} ${hint}` : message);
  process.exit(1);
});
