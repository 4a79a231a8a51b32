import type { Logger } from "pino";

/** Work that goes on after its request was answered, in the process that has the data. */
export interface BackgroundWork {
  start(what: string, work: (signal: AbortSignal) => Promise<unknown>): void;
  /** Stops what runs and waits for its end; the database closes after it. */
  stop(): Promise<void>;
}

export function createBackgroundWork(log: Logger): BackgroundWork {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    start(what, work) {
      const { signal } = stopping;
      const settled: Promise<void> = Promise.resolve()
        .then(() => work(signal))
        .then(
          () => undefined,
          (err: unknown) => {
            if (!signal.aborted) log.warn({ err, what }, "work in the background failed");
          },
        )
        .finally(() => running.delete(settled));
      running.add(settled);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
