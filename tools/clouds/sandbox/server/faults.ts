import { z } from "zod";

/** What goes wrong for the next matching requests. */
export const Fault = z.object({
  /** Matched anywhere in the lower-case path, e.g. "microsoft.costmanagement". */
  path: z.string().transform((text) => text.toLowerCase()),
  method: z.string().optional(),
  /** expired_token: every token issued so far is too old from this request on; repeated_page: the inventory or the costs send the page before once more; cut: before the request is heard; cut_after: between its effect and the answer; cut_under_way: when it was accepted, before its effect; operation_*: it is accepted. */
  kind: z.enum([
    "throttle",
    "error",
    "slow",
    "expired_token",
    "cut",
    "lost_page",
    "repeated_page",
    "cut_after",
    "cut_under_way",
    "operation_fails",
    "operation_hangs",
    "operation_slow",
  ]),
  /** How many requests; it ends by itself after them. */
  times: z.int().min(1).default(1),
  /** Matching requests that pass first, e.g. to fail the third page. */
  after: z.int().min(0).default(0),
  /** Null: it names no time in Retry-After. */
  retryAfterSeconds: z.int().min(0).nullable().default(1),
  /** Further headers of a throttled answer, as some of Azure's services name the time in their own. */
  headers: z.record(z.string(), z.string()).default({}),
  status: z.int().min(500).max(599).default(500),
  delayMs: z.int().min(0).max(120_000).default(1000),
  /** How often an operation says that it is running. */
  polls: z.int().min(1).max(10_000).default(5),
  /** What a failing operation says. */
  code: z.string().min(1).default("OperationFailed"),
  message: z.string().default("The operation failed in the sandbox."),
});
export type Fault = z.infer<typeof Fault>;

/** Faults on demand, for tests and demonstrations. */
export interface Faults {
  add(fault: z.input<typeof Fault>): void;
  clear(): void;
  pending(): readonly Fault[];
  /** The fault that this request meets, used up by one. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: (fault) => void faults.push(Fault.parse(fault)),
    clear: () => {
      faults = [];
    },
    pending: () => faults,
    take(method, path) {
      const met = faults.find(
        (fault) =>
          path.includes(fault.path) &&
          (fault.method === undefined || fault.method.toUpperCase() === method) &&
          // A read starts no operation.
          !(fault.kind.startsWith("operation_") && method === "GET"),
      );
      if (!met) return undefined;
      if (met.after > 0) {
        met.after--;
        return undefined;
      }
      met.times--;
      if (met.times === 0) faults = faults.filter((fault) => fault !== met);
      return met;
    },
  };
}
