import type { Subscription } from "../clouds/cloud.ts";
import { AppError } from "../kernel/errors.ts";
import type { ScanFailure } from "./scan-result.ts";

/** What of a scan did not work. */
export interface ScanPart {
  stage: ScanFailure["stage"];
  subscription: Subscription | null;
  /** Lower case, where it is about the resources of one type. */
  resourceType?: string;
  /** YYYY-MM, where it is about the costs of one billing month. */
  month?: string;
}

/** Collects what did not work in a scan. Months that fail alike are one failure: an outage is no list of fourteen. */
export class ScanFailures {
  readonly #kept = new Map<string, { error: AppError; part: ScanPart; months: string[] }>();

  add(part: ScanPart, thrown: unknown): AppError {
    const error = AppError.from(thrown);
    const key = JSON.stringify([
      part.stage,
      part.subscription?.id,
      part.resourceType,
      error.code,
      error.message,
    ]);
    const known = this.#kept.get(key);
    const months = part.month ? [part.month] : [];
    if (known) known.months.push(...months);
    else this.#kept.set(key, { error, part, months });
    return error;
  }

  get list(): ScanFailure[] {
    return [...this.#kept.values()].map(({ error, part, months }) => ({
      subscriptionId: part.subscription?.id ?? null,
      subscriptionName: part.subscription?.name ?? null,
      stage: part.stage,
      resourceType: part.resourceType ?? null,
      months: months.toSorted(),
      code: error.code,
      message:
        months.length === 0 ? error.message : `${error.message} Missing: ${months.toSorted().join(", ")}.`,
      hint: error.hint ?? null,
    }));
  }
}
