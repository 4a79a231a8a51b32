import type { Pace } from "./pace.ts";

/** At most `limit` units in any `perMs` milliseconds. */
export interface QuotaWindow {
  limit: number;
  perMs: number;
}

/**
 * Spends units of a quota in order of arrival, waiting until every window has room. It counts exactly over
 * sliding windows, because a leaky bucket lets a burst straddle two of the provider's windows and be refused.
 */
export class Quota {
  readonly #windows: readonly QuotaWindow[];
  readonly #pace: Pace;
  #spent: { at: number; units: number }[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(windows: readonly QuotaWindow[], pace: Pace) {
    this.#windows = windows;
    this.#pace = pace;
  }

  /** Resolves when `units` may be spent, and counts them as spent. */
  async take(units: number, signal: AbortSignal): Promise<void> {
    const before = this.#turn;
    let done = () => {};
    this.#turn = new Promise((resolve) => {
      done = resolve;
    });
    try {
      await before;
      for (let wait = this.#waitMs(units); wait > 0; wait = this.#waitMs(units)) {
        await this.#pace.sleep(wait, signal);
      }
      this.#spent.push({ at: this.#pace.now(), units });
    } finally {
      done();
    }
  }

  #waitMs(units: number): number {
    const now = this.#pace.now();
    const longest = Math.max(0, ...this.#windows.map((window) => window.perMs));
    this.#spent = this.#spent.filter((entry) => entry.at > now - longest);
    return Math.max(0, ...this.#windows.map((window) => this.#waitFor(window, units, now)));
  }

  /** Milliseconds until enough of the oldest units have left the window. */
  #waitFor(window: QuotaWindow, units: number, now: number): number {
    const inside = this.#spent.filter((entry) => entry.at > now - window.perMs);
    let used = inside.reduce((sum, entry) => sum + entry.units, 0);
    let wait = 0;
    for (const entry of inside) {
      // A call dearer than the whole window goes out alone rather than never.
      if (used + units <= window.limit || used === 0) break;
      used -= entry.units;
      wait = Math.ceil(entry.at + window.perMs - now);
    }
    return wait;
  }
}
