const kept = 8;

/** The last few results by key: further pages of an answer do not compute it again. */
export interface RecentResults<Result> {
  get(key: string, compute: () => Result): Result;
}

export function createRecentResults<Result>(): RecentResults<Result> {
  const results = new Map<string, Result>();
  return {
    get(key, compute) {
      const result = results.has(key) ? results.get(key)! : compute();
      // Deleting first moves the key to the end: the oldest is the first.
      results.delete(key);
      results.set(key, result);
      const [oldest] = results.keys();
      if (results.size > kept && oldest !== undefined) results.delete(oldest);
      return result;
    },
  };
}
