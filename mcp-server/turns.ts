/** Calls wait for their turn, so that one person's hundreds at once do not hold up everybody else. */
export interface Turns {
  /** Runs `work` when `who` has a turn free, in the order of asking; one that is aborted while it waits never runs. */
  take<Result>(who: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

interface Line {
  running: number;
  waiting: Set<() => void>;
}

/** `mostAtOnce`: how many calls of one person run at the same time. */
export function createTurns(mostAtOnce: number): Turns {
  const lines = new Map<string, Line>();

  function leave(who: string, line: Line): void {
    const [next] = line.waiting;
    // A turn is handed on rather than given back: whoever asks at this moment must not overtake.
    if (next) next();
    else if (--line.running === 0) lines.delete(who);
  }

  return {
    async take(who, signal, work) {
      signal.throwIfAborted();
      const line = lines.get(who) ?? { running: 0, waiting: new Set() };
      lines.set(who, line);
      if (line.running < mostAtOnce) line.running++;
      else await waitIn(line, signal);
      try {
        return await work();
      } finally {
        leave(who, line);
      }
    },
  };
}

function waitIn({ waiting }: Line, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const start = () => {
      waiting.delete(start);
      signal.removeEventListener("abort", giveUp);
      resolve();
    };
    const giveUp = () => {
      waiting.delete(start);
      reject(signal.reason);
    };
    waiting.add(start);
    signal.addEventListener("abort", giveUp, { once: true });
  });
}
