import type { Logger } from "pino";

/** Work that goes on after a chat's request was acknowledged; closing waits for it. */
export interface Background {
  run(work: Promise<void>): void;
  /** Ends when nothing is being worked on. */
  idle(): Promise<void>;
}

export function createBackground(log: Logger, signal: AbortSignal): Background {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const settled = work
        .catch((err: unknown) => {
          if (!signal.aborted) log.error({ err }, "a chat's request failed");
        })
        .finally(() => running.delete(settled));
      running.add(settled);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
