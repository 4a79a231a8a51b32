import pg from "pg";

export interface StatementTime {
  text: string;
  elapsedMs: number;
}

/** Times every SQL statement that this process sends, from sending to its last row. Call before anything connects. */
export function recordStatementTimes(): { take(): StatementTime[] } {
  let times: StatementTime[] = [];
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const started = performance.now();
    const result = original.apply(this, args);
    if (result instanceof Promise) {
      const [query] = args;
      const text = typeof query === "string" ? query : String((query as { text?: string }).text ?? "");
      const done = () => {
        times.push({ text, elapsedMs: performance.now() - started });
      };
      result.then(done, done);
    }
    return result;
  } as typeof pg.Client.prototype.query;
  return {
    take() {
      const taken = times;
      times = [];
      return taken;
    },
  };
}
