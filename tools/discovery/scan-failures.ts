import type { Subscription } from "../clouds/cloud.ts";
import { AppError } from "../kernel/errors.ts";
import type { ScanFailure } from "./scan-result.ts";

/** What of a scan did not work. */
export interface ScanPart {
  stage: ScanFailure["stage"];
  subscription: Subscription | null;
  /** Lower case, where it is about the resources of one type. */
  resourceType?: string;
  /** Where it is about one storage account. */
  storageAccount?: string;
  /** Nothing of it was ever read: to be refused it is no failure of this scan. */
  neverRead?: boolean;
  /** YYYY-MM, where it is about the costs of one billing month. */
  month?: string;
}

const mostNames = 20;

interface Kept {
  error: AppError;
  part: ScanPart;
  months: string[];
  accounts: string[];
}

/** Collects what did not work in a scan. Months and accounts that fail alike are one failure: an outage is no list of fourteen. */
export class ScanFailures {
  readonly #kept = new Map<string, Kept>();

  add(part: ScanPart, thrown: unknown): AppError {
    const error = AppError.from(thrown);
    const key = JSON.stringify([
      part.stage,
      part.subscription?.id,
      part.resourceType,
      isNotGranted(part, error),
      error.code,
      error.message,
    ]);
    const kept = this.#kept.get(key) ?? { error, part, months: [], accounts: [] };
    if (part.month) kept.months.push(part.month);
    if (part.storageAccount) kept.accounts.push(part.storageAccount);
    this.#kept.set(key, kept);
    return error;
  }

  get list(): ScanFailure[] {
    return [...this.#kept.values()].filter(({ part, error }) => !isNotGranted(part, error)).map(toFailure);
  }

  /** What the identity was never let do, and what is not known for that. */
  get notGranted(): ScanFailure[] {
    return [...this.#kept.values()].filter(({ part, error }) => isNotGranted(part, error)).map(toFailure);
  }
}

function isNotGranted({ neverRead }: ScanPart, { code }: AppError): boolean {
  return neverRead === true && code === "forbidden";
}

function toFailure({ error, part, months, accounts }: Kept): ScanFailure {
  return {
    subscriptionId: part.subscription?.id ?? null,
    subscriptionName: part.subscription?.name ?? null,
    stage: part.stage,
    resourceType: part.resourceType ?? null,
    months: months.toSorted(),
    code: error.code,
    message: [
      error.message,
      ...(months.length === 0 ? [] : [`Missing: ${months.toSorted().join(", ")}.`]),
      ...(accounts.length === 0 ? [] : [`Not read: ${named(accounts)}.`]),
    ].join(" "),
    hint: error.hint ?? null,
  };
}

function named(accounts: readonly string[]): string {
  const more = accounts.length - mostNames;
  const names = accounts.toSorted().slice(0, mostNames).join(", ");
  return more > 0 ? `${names} and ${more} more` : names;
}
