import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Database } from "./client.ts";

const channel = "cloudoptima_events";
/** PostgreSQL refuses a notification of 8,000 bytes. */
const largestBytes = 7_999;
/** What waits while the server is away; older news is then worth nothing. */
const mostWaiting = 1_000;
const firstRetryMs = 250;
const longestRetryMs = 10_000;
/** A connection that a firewall dropped in silence is noticed by asking. */
const aliveMs = 30_000;

export interface EventRelay {
  /** Tells every process on this database, the sending one too, in the order of the calls. */
  send(message: string): void;
  /** After what was sent is out. */
  close(): Promise<void>;
}

export interface EventRelayOptions {
  database: Pick<Database, "pool">;
  /** Of the server itself: a pooler in transaction mode delivers no notifications. */
  databaseUrl: string;
  onMessage(message: string): void;
  /** It listens again after a gap: messages may have been missed. */
  onGap(): void;
  log: { warn(fields: Record<string, unknown>, message: string): void };
}

/** Carries short messages between the processes of one PostgreSQL server, on a connection of its own. */
export async function openEventRelay(options: EventRelayOptions): Promise<EventRelay> {
  const { database, log } = options;
  const closing = new AbortController();
  let client = await listen(options);
  const running = keepListening();

  async function keepListening(): Promise<void> {
    for (;;) {
      const reason = await untilLost(client, closing.signal);
      await client.end().catch(() => undefined);
      if (closing.signal.aborted) return;
      log.warn({ err: reason }, "lost the connection for events; opening another");
      const again = await retry(() => listen(options), closing.signal);
      if (!again) return;
      client = again;
      options.onGap();
    }
  }

  const waiting: string[] = [];
  let sending: Promise<void> | undefined;

  // One statement at a time: two connections of a pool would overtake each other.
  async function sendWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const messages = waiting.splice(0);
      try {
        await database.pool.query(
          "select pg_notify($1, message) from unnest($2::text[]) with ordinality as m(message, n) order by n",
          [channel, messages],
        );
      } catch (err) {
        log.warn({ err, count: messages.length }, "events did not reach the other processes");
      }
    }
  }

  return {
    send(message) {
      if (Buffer.byteLength(message) > largestBytes) throw new Error("An event is too large to be sent.");
      waiting.push(message);
      if (waiting.length > mostWaiting) waiting.shift();
      sending ??= sendWaiting().finally(() => {
        sending = undefined;
      });
    },
    async close() {
      await sending;
      closing.abort();
      await running;
    },
  };
}

async function listen({ databaseUrl, onMessage }: EventRelayOptions): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: "cloudoptima events",
    keepAlive: true,
    connectionTimeoutMillis: 30_000,
  });
  // From the first moment: an error that nobody hears ends the process. `untilLost` hears it as well.
  client.on("error", () => undefined);
  client.on("notification", ({ payload }) => payload && onMessage(payload));
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Why the connection ended; undefined when it was asked to. */
async function untilLost(client: pg.Client, signal: AbortSignal): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  client.once("error", resolve);
  client.once("end", () => resolve(new Error("the server ended it")));
  signal.addEventListener("abort", () => resolve(undefined), { once: true });
  if (signal.aborted) resolve(undefined);
  const timer = setInterval(() => {
    const silent = setTimeout(() => resolve(new Error("the server does not answer")), aliveMs);
    client
      .query("select 1")
      .catch(resolve)
      .finally(() => clearTimeout(silent));
  }, aliveMs);
  return promise.finally(() => clearInterval(timer));
}

/** Tries until it works, ever more slowly; undefined once nobody waits any more. */
async function retry<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
    try {
      return await work();
    } catch {
      await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
    if (signal.aborted) return undefined;
  }
}
