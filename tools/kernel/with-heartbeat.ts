import type { Logger } from "pino";

/** How often work that others wait for shows that it is still being done. */
const beatMs = 20_000;

/** What gave no sign for so long was left by a process that ended, or that cannot reach the database. */
export const silentMs = 2 * 60_000;

/** Does `work`, with a sign of life (`beat`) every 20 seconds, or so often, however long its steps take. */
export async function withHeartbeat<Result>(
  beat: () => Promise<unknown>,
  work: () => Promise<Result>,
  log: Logger,
  everyMs = beatMs,
): Promise<Result> {
  let beating: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    // One at a time: a database that is away must not find a queue of them when it comes back.
    beating ??= beat()
      .catch((err: unknown) => log.warn({ err }, "a sign of life could not be kept"))
      .finally(() => {
        beating = undefined;
      });
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // Work that has ended must not look alive by a beat that comes late.
    await beating;
  }
}
