import type { Pace } from "./pace.ts";

const failuresToOpen = 10;
const openMs = 30_000;

/**
 * Leaves a service alone for half a minute once it failed ten times in a row. Then a single call tries it: the
 * service is back when that works, and left alone for as long again when it does not.
 */
export class CircuitBreaker {
  readonly #pace: Pace;
  #failures = 0;
  #openUntil = Number.NEGATIVE_INFINITY;
  #trying = false;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Milliseconds until the service is tried again; 0: call it, and tell how that went. */
  waitMs(): number {
    if (this.#failures < failuresToOpen) return 0;
    const left = this.#openUntil - this.#pace.now();
    if (left > 0) return left;
    // Not all who wait try at once: an ailing service gets one call.
    if (this.#trying) return openMs;
    this.#trying = true;
    return 0;
  }

  /** It answered, be it with a refusal. */
  worked(): void {
    this.#failures = 0;
    this.#trying = false;
  }

  failed(): void {
    this.#trying = false;
    if (++this.#failures >= failuresToOpen) this.#openUntil = this.#pace.now() + openMs;
  }

  /** The call was stopped before anybody knew how it went. */
  stopped(): void {
    this.#trying = false;
  }
}
