import { beginScan, countByType, type ScanPhase, updateScan } from "@cloudoptima/db/queries/scans.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { ScanCounts, ScanFailure } from "./scan-result.ts";

/** Shares of a scan, by what they usually take; together 100. */
const weights: Record<string, number> = {
  inventory: 36,
  "unmanaged disks": 3,
  changes: 1,
  "newest costs": 15,
  "earlier costs": 30,
  metrics: 12,
  prices: 3,
};
const scanPhases = Object.keys(weights);
// Often enough for a person who watches; each is a write that others wait for on the embedded database.
const everyMs = 1_000;

/** What of a scan did not work, and what the identity was never let do. */
interface Shortcomings {
  failures: readonly ScanFailure[];
  notGranted: readonly ScanFailure[];
}

/** Keeps in the database how far a scan is, so that everybody sees it and a death of the process shows. */
export class ScanRecord {
  readonly id: string;
  /** The interrupted scan that this one goes on from. */
  readonly resumes: string | null;
  readonly #ctx: WriteContext;
  readonly #connectionId: string;
  readonly #phases: ScanPhase[] = scanPhases.map((name) => ({ name, done: 0, total: 0 }));
  #writtenAtMs = performance.now();
  #writing: Promise<void> = Promise.resolve();
  #kind: "full" | "incremental" = "full";

  private constructor(ctx: WriteContext, connectionId: string, id: string, resumes: string | null) {
    this.#ctx = ctx;
    this.#connectionId = connectionId;
    this.id = id;
    this.resumes = resumes;
  }

  /** To be called under the connection's lease: a scan that is marked as running is dead then. */
  static async begin(ctx: WriteContext, connectionId: string, id: string): Promise<ScanRecord> {
    const scan = { id, organizationId: ctx.actor.organizationId, connectionId, kind: "full" as const };
    // The real clock: under one that stands still nobody could tell which of two scans came last.
    const resumes = await ctx.write((transaction) => beginScan(transaction, { ...scan, at: ctx.realNow() }));
    return new ScanRecord(ctx, connectionId, id, resumes);
  }

  get percent(): number {
    const share = ({ name, done, total }: ScanPhase) =>
      total === 0 ? 0 : (done / total) * (weights[name] ?? 0);
    return Math.floor(this.#phases.reduce((sum, phase) => sum + share(phase), 0));
  }

  set kind(kind: "full" | "incremental") {
    this.#kind = kind;
  }

  /** A phase has come so far; kept at most once a second. */
  progress(name: string, done: number, total: number, counts: ScanCounts, shortcomings: Shortcomings): void {
    const phase = this.#phases.find((candidate) => candidate.name === name);
    // A phase with nothing to do is done.
    if (phase) Object.assign(phase, total === 0 ? { done: 1, total: 1 } : { done, total });
    if (performance.now() - this.#writtenAtMs < everyMs) return;
    this.#writtenAtMs = performance.now();
    this.#writing = this.#writing
      .then(() => this.#write("running", this.percent, counts, shortcomings))
      .catch((error) => this.#ctx.log.warn({ err: error }, "the scan's progress could not be kept"));
  }

  /** Ends when the progress that was told so far is kept; `finish` does it too. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** How it ended. */
  async finish(
    status: "done" | "partial" | "failed",
    counts: ScanCounts,
    shortcomings: Shortcomings,
  ): Promise<void> {
    await this.settled();
    await this.#write(status, status === "done" ? 100 : this.percent, counts, shortcomings);
  }

  #write(
    status: "running" | "done" | "partial" | "failed",
    percent: number,
    counts: ScanCounts,
    shortcomings: Shortcomings,
  ): Promise<void> {
    return this.#ctx.write(async (transaction) => {
      const byType = [...(await countByType(transaction, this.#connectionId))].map(([type, count]) => ({
        type,
        count,
      }));
      const state = {
        kind: this.#kind,
        status,
        percent,
        phases: this.#phases,
        counts: { ...counts, byType },
        failures: [
          ...shortcomings.failures,
          ...shortcomings.notGranted.map((failure) => ({ ...failure, notGranted: true })),
        ],
      };
      await updateScan(transaction, this.id, state, this.#ctx.realNow());
    });
  }
}
