import {
  type ConnectionRow,
  markConnection,
  writeSubscriptionNames,
} from "@cloudoptima/db/queries/connections.ts";
import { linkByName } from "@cloudoptima/db/queries/resource-relationships.ts";
import pLimit from "p-limit";
import type { CloudRead, Subscription } from "../clouds/cloud.ts";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { refreshPrices, refreshSizes } from "../prices/refresh-prices.ts";
import { accountsListedBefore } from "./accounts-listed-before.ts";
import { announceScan, type ScanAnnouncer } from "./announce-scan.ts";
import { backfillMetrics } from "./backfill-metrics.ts";
import type { CostMonth } from "./cost-months.ts";
import { scanChanges } from "./scan-changes.ts";
import { planCostMonths, scanCostMonths } from "./scan-costs.ts";
import { scanDiskBlobs } from "./scan-disk-blobs.ts";
import { scanExports } from "./scan-exports.ts";
import { ScanFailures, type ScanPart } from "./scan-failures.ts";
import { type ScanMode, scanInventory } from "./scan-inventory.ts";
import { withScanLease } from "./scan-lease.ts";
import { measuredTypes, scanMetrics } from "./scan-metrics.ts";
import { ScanRecord } from "./scan-record.ts";
import type { ConnectionScan, ScanCounts } from "./scan-result.ts";

// Subscriptions have quotas of their own, so a few at once are read sooner than one after another.
const subscriptionsAtOnce = 4;
// How long the history of one subscription may be read before it is published.
const loadMs = 20_000;

export type ConnectionToScan = ConnectionRow & {
  /** The scan's id, where somebody was told it already. */
  scanId?: string;
  mode?: ScanMode;
};

export interface ScannedConnection {
  result: ConnectionScan;
  /** Subscriptions whose inventory is complete: only those may be judged. */
  inventoried: Set<string>;
  /** Whether the metrics of this type of resource were read in the subscription. */
  measured(subscriptionId: string, resourceType: string): boolean;
}

/**
 * Reads one connection: inventory, costs newest month first, metrics. What fails is reported by subscription, and
 * by type or month within it, and the rest still lands; what was read before stays, and the next scan goes on from
 * there.
 */
export function scanConnection(
  caller: WriteContext,
  connection: ConnectionToScan,
): Promise<ScannedConnection> {
  const scanId = connection.scanId ?? caller.newId();
  return withScanLease(caller, { ...connection, scanId }, async (signal) => {
    const ctx = { ...caller, signal };
    const record = await ScanRecord.begin(ctx, connection.id, scanId);
    const announcer = announceScan(ctx, connection.name, scanId);
    const scanner = new ConnectionScanner(ctx, connection, announcer, record);
    const scanned = await scanner.run().finally(() => {
      announcer.finish();
      return record.settled();
    });
    const { status } = scanned.result;
    const now = new Date(ctx.now().epochMilliseconds);
    await ctx.write((transaction) =>
      markConnection(
        transaction,
        connection.id,
        status === "failed" ? "error" : "active",
        status === "failed" ? null : now,
      ),
    );
    return scanned;
  });
}

class ConnectionScanner {
  readonly #ctx: WriteContext;
  readonly #connection: ConnectionToScan;
  readonly #announcer: ScanAnnouncer;
  readonly #record: ScanRecord;
  readonly #startedAt: Date;
  readonly #failures = new ScanFailures();
  /** By subscription. */
  readonly #inventories = new Map<string, "full" | "incremental">();
  readonly #counts: ScanCounts = {
    resourceCount: 0,
    readCount: 0,
    goneCount: 0,
    costMonthCount: 0,
    costRowCount: 0,
    metricPointCount: 0,
  };

  constructor(ctx: WriteContext, connection: ConnectionToScan, announcer: ScanAnnouncer, record: ScanRecord) {
    this.#ctx = ctx;
    this.#record = record;
    this.#connection = connection;
    this.#announcer = announcer;
    this.#startedAt = new Date(ctx.now().epochMilliseconds);
  }

  async run(): Promise<ScannedConnection> {
    const inventoried = new Set<string>();
    const measured = new Set<string>();
    let subscriptions: Subscription[] = [];
    let landed = 0;
    await this.#attempt({ stage: "subscriptions", subscription: null }, async () => {
      const cloud = await this.#ctx.cloud(this.#connection.id);
      subscriptions = await cloud.subscriptions(this.#ctx.signal);
      if (subscriptions.length === 0) {
        throw new AppError("forbidden", `The identity of ${this.#connection.name} sees no subscription.`, {
          hint: "Give it the Reader role on at least one subscription.",
        });
      }
      this.#reportHidden(subscriptions);
      const names = Object.fromEntries(subscriptions.map(({ id, name }) => [id, name]));
      await this.#ctx.write((transaction) => writeSubscriptionNames(transaction, this.#connection.id, names));
      landed += await this.#inventory(cloud, subscriptions, inventoried);
      await this.#changes(cloud, subscriptions, inventoried);
      landed += await this.#costs(cloud, subscriptions);
      landed += await this.#metrics(cloud, subscriptions, measured);
      await this.#prices(cloud, subscriptions);
      // Nobody waits for it at the first scan; from the second on it is caught up with.
      if (this.#connection.lastSync) await this.#earlierMetrics(cloud, subscriptions);
    });
    const { list: failures, notGranted } = this.#failures;
    const status = failures.length === 0 ? "done" : landed > 0 ? "partial" : "failed";
    await this.#record.finish(status, this.#counts, { failures, notGranted });
    return {
      inventoried,
      measured: (subscriptionId, resourceType) =>
        !measuredTypes.includes(resourceType) || measured.has(`${subscriptionId} ${resourceType}`),
      result: {
        scanId: this.#record.id,
        connectionName: this.#connection.name,
        kind: this.#kind(),
        status,
        subscriptionCount: subscriptions.length,
        ...this.#counts,
        failures,
        notGranted,
      },
    };
  }

  /** A subscription that the last scan read and that is not there any more: lost permission looks like that too. */
  #reportHidden(subscriptions: readonly Subscription[]): void {
    const known = (this.#connection.settings.subscriptions ?? {}) as Record<string, string>;
    const visible = new Set(subscriptions.map(({ id }) => id));
    for (const [id, name] of Object.entries(known).filter(([id]) => !visible.has(id))) {
      const message = `The identity no longer sees the subscription ${name}; what was read of it is kept as it was.`;
      const hint = "Give it the Reader role there again, unless the subscription was cancelled.";
      const part: ScanPart = { stage: "subscriptions", subscription: { id, name } };
      this.#failures.add(part, new AppError("forbidden", message, { hint }));
    }
  }

  #kind(): "full" | "incremental" {
    const kinds = new Set(this.#inventories.values());
    return kinds.size === 1 && kinds.has("incremental") ? "incremental" : "full";
  }

  async #inventory(
    cloud: CloudRead,
    subscriptions: Subscription[],
    inventoried: Set<string>,
  ): Promise<number> {
    await this.#forEach("inventory", subscriptions, "inventory", async (subscription) => {
      const found = await scanInventory(this.#ctx, cloud, {
        connectionId: this.#connection.id,
        subscriptionId: subscription.id,
        mode: this.#connection.mode ?? "auto",
        onFound: this.#announcer.discovered,
      });
      this.#inventories.set(subscription.id, found.kind);
      this.#record.kind = this.#kind();
      this.#counts.resourceCount += found.resourceCount;
      this.#counts.readCount += found.readCount;
      this.#counts.goneCount += found.goneCount;
      inventoried.add(subscription.id);
      if (found.unreadable) this.#failures.add({ stage: "inventory", subscription }, found.unreadable);
    });
    await this.#unmanagedDisks(
      cloud,
      subscriptions.filter(({ id }) => inventoried.has(id)),
    );
    if (inventoried.size > 0) {
      await this.#ctx.write((transaction) => linkByName(transaction, this.#ctx.actor.organizationId));
    }
    return inventoried.size;
  }

  /** Who changed what, of subscriptions whose inventory is in: what a scan saw of it is then there to be completed. */
  async #changes(
    cloud: CloudRead,
    subscriptions: Subscription[],
    inventoried: ReadonlySet<string>,
  ): Promise<void> {
    const read = subscriptions.filter(({ id }) => inventoried.has(id));
    await this.#forEach("changes", read, "changes", ({ id }) =>
      scanChanges(this.#ctx, cloud, { connectionId: this.#connection.id, subscriptionId: id }),
    );
  }

  /** What storage accounts hold that no listing of resources has; an account that is closed to us is reported. */
  async #unmanagedDisks(cloud: CloudRead, subscriptions: Subscription[]): Promise<void> {
    await this.#forEach("inventory", subscriptions, "unmanaged disks", async (subscription) => {
      const part = { stage: "inventory", subscription, resourceType: diskBlobType } as const;
      const onlyChanges =
        this.#inventories.get(subscription.id) === "incremental" &&
        (await this.#ctx.read((transaction) =>
          accountsListedBefore(transaction, this.#record.id, this.#connection.id, subscription.id),
        ));
      const found = await scanDiskBlobs(this.#ctx, cloud, {
        connectionId: this.#connection.id,
        subscriptionId: subscription.id,
        attempt: (storageAccount, work, hasKnown) =>
          this.#attempt({ ...part, storageAccount, neverRead: !hasKnown }, work),
        onFound: this.#announcer.discovered,
        changedSince: onlyChanges ? this.#startedAt : null,
      });
      this.#counts.resourceCount += found.resourceCount;
      this.#counts.readCount += found.readCount;
      this.#counts.goneCount += found.goneCount;
    });
  }

  /** The newest month of every subscription first, so that the first answers come early; then the history. */
  async #costs(cloud: CloudRead, subscriptions: Subscription[]): Promise<number> {
    let fromExports = true;
    await this.#attempt({ stage: "costs", subscription: null }, async () => {
      fromExports = await scanExports(this.#ctx, this.#connection, {
        attempt: (work) => this.#attempt({ stage: "costs", subscription: null }, work),
        onMonth: (done, total) => this.#tell("exported costs", done, total, "months"),
        onLoaded: ({ rowCount }) => {
          this.#counts.costRowCount += rowCount;
          this.#counts.costMonthCount += 1;
        },
      });
    });
    // Exports that fail must not bring the quota-bound query of a large estate about.
    if (fromExports) return this.#counts.costMonthCount;
    const history = new Map<string, { months: CostMonth[]; monthsPerLoad: number }>();
    await this.#forEach("costs", subscriptions, "newest costs", async (subscription) => {
      const [newest, ...months] = await planCostMonths(this.#ctx, this.#connection.id, subscription.id);
      if (!newest) return;
      const { readMs, failure } = await this.#loadMonth(cloud, subscription, newest);
      // One month may be broken, or imported; whom Azure refuses one, it refuses all.
      if (failure && failure.code !== "unavailable" && failure.code !== "conflict") {
        for (const month of months) this.#failures.add(costsOf(subscription, month), failure);
        return;
      }
      // A quick cloud brings many months in one load; a throttled one publishes each as it comes.
      const monthsPerLoad = Math.max(1, Math.min(months.length, Math.floor(loadMs / Math.max(1, readMs))));
      history.set(subscription.id, { months, monthsPerLoad });
    });
    const remaining = subscriptions.filter(({ id }) => (history.get(id)?.months.length ?? 0) > 0);
    await this.#forEach("costs", remaining, "earlier costs", async (subscription) => {
      const { months, monthsPerLoad } = history.get(subscription.id)!;
      for (let start = 0; start < months.length; start += monthsPerLoad) {
        await this.#loadChunk(cloud, subscription, months.slice(start, start + monthsPerLoad));
      }
    });
    return this.#counts.costMonthCount;
  }

  /** Months that fail together are tried one by one: only the broken one is missing then. */
  async #loadChunk(cloud: CloudRead, subscription: Subscription, months: CostMonth[]): Promise<void> {
    if (months.length > 1) {
      try {
        await this.#loadMonths(cloud, subscription, months);
        return;
      } catch (error) {
        this.#ctx.signal.throwIfAborted();
        this.#ctx.log.warn({ err: error }, "months of costs failed together; trying each");
      }
    }
    for (const month of months) await this.#loadMonth(cloud, subscription, month);
  }

  /** Tells how long reading took, or that the month failed. */
  async #loadMonth(cloud: CloudRead, subscription: Subscription, month: CostMonth) {
    let readMs = Number.POSITIVE_INFINITY;
    const failure = await this.#attempt(costsOf(subscription, month), async () => {
      readMs = await this.#loadMonths(cloud, subscription, [month]);
    });
    return { readMs, failure };
  }

  async #loadMonths(cloud: CloudRead, subscription: Subscription, months: CostMonth[]): Promise<number> {
    const loaded = await scanCostMonths(this.#ctx, cloud, this.#connection.id, subscription, months);
    this.#counts.costRowCount += loaded.rowCount;
    this.#counts.costMonthCount += months.length;
    return loaded.readMsPerMonth;
  }

  async #metrics(cloud: CloudRead, subscriptions: Subscription[], measured: Set<string>): Promise<number> {
    await this.#forEach("metrics", subscriptions, "metrics", async (subscription) => {
      for (const resourceType of measuredTypes) {
        await this.#attempt({ stage: "metrics", subscription, resourceType }, async () => {
          await scanMetrics(this.#ctx, cloud, { subscriptionId: subscription.id, resourceType }, (count) => {
            this.#counts.metricPointCount += count;
          });
          measured.add(`${subscription.id} ${resourceType}`);
        });
      }
    });
    return measured.size;
  }

  /** Metrics as far back as they are kept: what the first scan left out, as much as is still missing. */
  async #earlierMetrics(cloud: CloudRead, subscriptions: Subscription[]): Promise<void> {
    await this.#forEach("metrics", subscriptions, "earlier metrics", async (subscription) => {
      for (const resourceType of measuredTypes) {
        await this.#attempt({ stage: "metrics", subscription, resourceType }, () =>
          backfillMetrics(this.#ctx, cloud, { subscriptionId: subscription.id, resourceType }, (count) => {
            this.#counts.metricPointCount += count;
          }),
        );
      }
    });
  }

  /** What things cost and which sizes there are: without it some rules know nothing, the rest of the scan stands. */
  async #prices(cloud: CloudRead, subscriptions: Subscription[]): Promise<void> {
    await this.#forEach("prices", subscriptions, "prices", ({ id }) =>
      refreshSizes(this.#ctx, cloud, this.#connection.id, id),
    );
    await this.#attempt({ stage: "prices", subscription: null }, () =>
      refreshPrices(this.#ctx, cloud, this.#connection.id),
    );
  }

  async #forEach(
    stage: ScanPart["stage"],
    subscriptions: Subscription[],
    what: string,
    work: (subscription: Subscription) => Promise<void>,
  ): Promise<void> {
    const limit = pLimit(subscriptionsAtOnce);
    let done = 0;
    const total = subscriptions.length;
    const report = () => this.#tell(what, done, total, "subscriptions");
    report();
    const parts = await Promise.allSettled(
      subscriptions.map((subscription) =>
        limit(async () => {
          await this.#attempt({ stage, subscription }, () => work(subscription));
          done++;
          report();
        }),
      ),
    );
    // A stopped scan ends with its last part: what one still wrote would meet the scan that takes its place, or a
    // database that is closed by then.
    const stopped = parts.find((part) => part.status === "rejected");
    if (stopped) throw stopped.reason;
  }

  #tell(what: string, done: number, total: number, unit: string): void {
    const progress = { message: `${this.#connection.name}: ${what}`, done, total, unit };
    const { list: failures, notGranted } = this.#failures;
    this.#record.progress(what, done, total, this.#counts, { failures, notGranted });
    this.#ctx.progress(progress);
    this.#announcer.progress(progress, this.#record.percent);
  }

  /** Runs a part; its failure is kept for the report. A stop by the person ends the scan at once. */
  async #attempt(part: ScanPart, work: () => Promise<void>): Promise<AppError | null> {
    this.#ctx.signal.throwIfAborted();
    try {
      await work();
      return null;
    } catch (error) {
      this.#ctx.signal.throwIfAborted();
      const { subscription, ...of } = part;
      this.#ctx.log.warn(
        { err: error, ...of, subscriptionId: subscription?.id },
        "a part of the scan failed",
      );
      return this.#failures.add(part, error);
    }
  }
}

const costsOf = (subscription: Subscription, month: CostMonth): ScanPart => ({
  stage: "costs",
  subscription,
  month: month.start.slice(0, 7),
});
