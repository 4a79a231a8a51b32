import { AppError } from "../../kernel/errors.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { classifyFailure, toAppError } from "./azure-errors.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { Quota, type QuotaWindow } from "./quota.ts";
import { retryAfterMs } from "./retry-after.ts";

export interface AzureCall<Result> {
  /** Completes "Azure could not …", e.g. "read the costs of subscription x". */
  what: string;
  service:
    | "resource graph"
    | "cost management"
    | "monitor"
    | "resource manager"
    | "retail prices"
    | "blob storage";
  /** What breaks apart within the service: one failing subscription or region must not stop the others. */
  part?: string;
  /** Quotas to spend before each attempt. */
  spend: readonly { key: string; windows: readonly QuotaWindow[]; units: number }[];
  timeoutMs: number;
  /** Longest wait that Azure may ask for before the caller decides anew; the endpoint's own unless given. */
  longestWaitMs?: number;
  signal: AbortSignal;
  /** How a failure reads to a person; for reads unless given. */
  toError?(error: unknown, what: string): AppError;
  run(signal: AbortSignal): Promise<Result>;
}

const maxTransientRetries = 4;
const maxThrottledRetries = 8;
/** Azure's windows are a minute: short waits add up to one before a throttled call is given up. */
const throttledPatienceMs = 90_000;
const firstBackOffMs = 500;
const longestBackOffMs = 30_000;

/**
 * The one way to call Azure: plans the call under the quotas, bounds its time, and tries again as Azure asks
 * (the longest wait of all its headers) or with exponential back-off and full jitter. A service that fails
 * again and again is left alone for a while, so that a scan ends with a clear error instead of hanging.
 */
export class AzureCaller {
  readonly #endpoint: AzureEndpoint;
  readonly #quotas = new Map<string, Quota>();
  readonly #breakers = new Map<string, CircuitBreaker>();

  constructor(endpoint: AzureEndpoint) {
    this.#endpoint = endpoint;
  }

  async call<Result>(call: AzureCall<Result>): Promise<Result> {
    const toError = (error: unknown) => (call.toError ?? toAppError)(unwrapTimeout(error), call.what);
    const breaker = this.#breaker(`${call.service} ${call.part ?? ""}`);
    let transient = 0;
    let throttled = 0;
    let throttledMs = 0;
    for (;;) {
      for (const { key, windows, units } of call.spend)
        await this.#quota(key, windows).take(units, call.signal);
      const closedForMs = breaker.waitMs();
      if (closedForMs > 0) throw leftAlone(call.service, closedForMs);
      try {
        const result = await call.run(AbortSignal.any([call.signal, AbortSignal.timeout(call.timeoutMs)]));
        breaker.worked();
        return result;
      } catch (error) {
        // The person's own stop is neither Azure's failure nor worth a retry.
        if (call.signal.aborted) breaker.stopped();
        call.signal.throwIfAborted();
        const failure = classifyFailure(unwrapTimeout(error));
        if (failure.kind === "transient") breaker.failed();
        else breaker.worked();
        const isPatient = throttled < maxThrottledRetries || throttledMs < throttledPatienceMs;
        if (failure.kind === "throttled" && isPatient) {
          const ms = this.#throttledWait(call, failure.headers, throttled++, toError, error);
          throttledMs += ms;
          await this.#sleep(ms, call.signal);
        } else if (failure.kind === "transient" && transient < maxTransientRetries) {
          await this.#sleep(this.#backOff(transient++), call.signal);
        } else {
          throw toError(error);
        }
      }
    }
  }

  #throttledWait(
    { longestWaitMs = this.#endpoint.longestWaitMs }: Pick<AzureCall<unknown>, "longestWaitMs">,
    headers: [string, string][],
    attempt: number,
    toError: (error: unknown) => AppError,
    error: unknown,
  ): number {
    const asked = retryAfterMs(headers, Date.now());
    if (asked !== null && asked > longestWaitMs) throw toError(error);
    if (asked === null) return this.#backOff(attempt);
    // A little later than asked, and not all at once: clients that wake together are refused together.
    const wait = asked + this.#endpoint.pace.random() * 250;
    // Refused so often, the time that it names is none to rely on.
    return attempt < maxThrottledRetries ? wait : Math.max(wait, this.#backOff(attempt));
  }

  #backOff(attempt: number): number {
    const ceiling = Math.min(longestBackOffMs, firstBackOffMs * 2 ** attempt);
    return ceiling / 2 + (this.#endpoint.pace.random() * ceiling) / 2;
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#endpoint.pace.sleep(ms, signal);
  }

  #quota(key: string, windows: readonly QuotaWindow[]): Quota {
    let quota = this.#quotas.get(key);
    if (!quota) {
      quota = new Quota(windows, this.#endpoint.pace);
      this.#quotas.set(key, quota);
    }
    return quota;
  }

  #breaker(key: string): CircuitBreaker {
    let breaker = this.#breakers.get(key);
    if (!breaker) {
      breaker = new CircuitBreaker(this.#endpoint.pace);
      this.#breakers.set(key, breaker);
    }
    return breaker;
  }
}

function leftAlone(service: string, ms: number): AppError {
  const seconds = Math.ceil(ms / 1000);
  return new AppError(
    "unavailable",
    `Azure's ${service} keeps failing; we leave it alone for ${seconds} s.`,
    {
      hint: `It is tried again from then on; what was read before is kept.`,
      details: { service, retryAfterSeconds: seconds },
    },
  );
}

/** The SDKs turn our timeout into an AbortError; while the caller's own signal is quiet, it was the timeout. */
function unwrapTimeout(error: unknown): unknown {
  return error instanceof Error && error.name === "AbortError"
    ? new DOMException("The call took too long.", "TimeoutError")
    : error;
}
