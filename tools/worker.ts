import type { Database } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import { loadDemoData } from "./demo/load-demo-data.ts";
import { scanDaily } from "./discovery/scan-daily.job.ts";
import type { ToolsSettings } from "./env.ts";
import type { Progress } from "./kernel/context.ts";
import type { Invoke } from "./kernel/invoke.ts";
import type { Embedder } from "./knowledge/embedder.ts";
import { refreshHourly } from "./knowledge/refresh-hourly.job.ts";
import { makeDueReports } from "./reports/make-due.job.ts";
import { retainDaily } from "./retention/retain-daily.job.ts";
import { ProgressFeed } from "./service/progress-feed.ts";

export interface BackgroundOptions {
  database: Database;
  invoke: Invoke;
  settings: ToolsSettings;
  embedder: Embedder | undefined;
  now(): Temporal.Instant;
  log: Logger;
}

export interface Background {
  /** Ends when the demo data is there (or failed to load, which the log tells). */
  dataReady(onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** How often it is looked whether a cloud is due; a scan itself happens once a day. */
const lookMs = 60 * 60_000;
const firstLookMs = 60_000;
/** How late a scheduled report may be begun. */
const reportLookMs = 5 * 60_000;

/** Work that nobody waits for, in the process that owns the data; what `stop` cuts off resumes at the next start. */
export function startBackground({
  database,
  invoke,
  settings,
  embedder,
  now,
  log,
}: BackgroundOptions): Background {
  const feed = new ProgressFeed();
  const stopping = new AbortController();
  const loading = settings.demo
    ? loadDemoData({
        database,
        invoke,
        now,
        signal: stopping.signal,
        onProgress: (progress) => feed.report(progress),
      }).catch((err: unknown) => {
        if (stopping.signal.aborted) return;
        log.error({ err }, "the demo data did not load; the next start tries again");
        feed.report({ message: `The demo data did not load: ${(err as Error).message}` });
      })
    : Promise.resolve();

  const daily = { database, demo: settings.demo, invoke, embedder, now, log, signal: stopping.signal };
  let retained: string | undefined;
  const retainOnceADay = async () => {
    const today = new Date().toISOString().slice(0, 10);
    if (retained === today) return;
    await retainDaily(daily);
    retained = today;
  };
  const refresh = () =>
    refreshHourly(daily).catch((err: unknown) => log.warn({ err }, "could not bring knowledge up to date"));
  // Beside the loading: guidance is there before the first question.
  let looking: Promise<void> = Promise.all([loading, refresh()]).then(() => undefined);
  const look = () => {
    looking = looking
      .then(refresh)
      .then(() => scanDaily(daily))
      .then(retainOnceADay)
      .catch((err: unknown) => {
        log.warn({ err }, "could not look for due scans; looking again in a minute");
        // What the database's restart cut off goes on soon after it, not at the next hour.
        if (!stopping.signal.aborted) timers.again = setTimeout(look, firstLookMs).unref();
      });
  };
  // Beside the scans, which may take long; one look at a time.
  let reporting: Promise<void> | undefined;
  const report = () => {
    reporting ??= makeDueReports(daily)
      .catch((err: unknown) => log.warn({ err }, "could not look for due reports"))
      .finally(() => {
        reporting = undefined;
      });
  };
  const timers = {
    first: setTimeout(look, firstLookMs).unref(),
    hourly: setInterval(look, lookMs).unref(),
    firstReports: setTimeout(report, firstLookMs).unref(),
    reports: setInterval(report, reportLookMs).unref(),
    again: undefined as NodeJS.Timeout | undefined,
  };

  return {
    async dataReady(onProgress, signal) {
      const endListening = onProgress ? feed.listen(onProgress) : undefined;
      const aborted = new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        signal?.addEventListener("abort", () => resolve(), { once: true });
      });
      await Promise.race([loading, aborted]).finally(endListening);
    },
    async stop() {
      stopping.abort();
      for (const timer of Object.values(timers)) clearTimeout(timer);
      await Promise.all([looking, reporting]);
    },
  };
}
