import {
  type ConnectionRow,
  markConnection,
  writeSubscriptionNames,
} from "@cloudoptima/db/queries/connections.ts";
import pLimit from "p-limit";
import type { CloudRead, Subscription } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { planCostMonths, scanCostMonth } from "./scan-costs.ts";
import { scanInventory } from "./scan-inventory.ts";
import { withScanLease } from "./scan-lease.ts";
import { scanMetrics } from "./scan-metrics.ts";
import type { ConnectionScan, ScanFailure } from "./scan-result.ts";

// Subscriptions have quotas of their own, so a few at once are read sooner than one after another.
const subscriptionsAtOnce = 4;

export interface ScannedConnection {
  result: ConnectionScan;
  /** Subscriptions whose inventory is complete: only those may be judged. */
  inventoried: Set<string>;
  /** Subscriptions whose metrics were read. */
  measured: Set<string>;
}

/**
 * Reads one connection: inventory, costs newest month first, metrics. A subscription that fails is reported
 * and the others still land; what was read before a failure stays, and the next scan goes on from there.
 */
export function scanConnection(ctx: WriteContext, connection: ConnectionRow): Promise<ScannedConnection> {
  return withScanLease(ctx, connection, async () => {
    const scan = new ConnectionScanner(ctx, connection);
    const scanned = await scan.run();
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
  readonly #connection: ConnectionRow;
  readonly #failures: ScanFailure[] = [];
  readonly #counts = {
    resourceCount: 0,
    goneCount: 0,
    costMonthCount: 0,
    costRowCount: 0,
    metricPointCount: 0,
  };

  constructor(ctx: WriteContext, connection: ConnectionRow) {
    this.#ctx = ctx;
    this.#connection = connection;
  }

  async run(): Promise<ScannedConnection> {
    const inventoried = new Set<string>();
    const measured = new Set<string>();
    let subscriptions: Subscription[] = [];
    let landed = 0;
    await this.#attempt("subscriptions", null, async () => {
      const cloud = await this.#ctx.cloud(this.#connection.id);
      subscriptions = await cloud.subscriptions(this.#ctx.signal);
      if (subscriptions.length === 0) {
        throw new AppError("forbidden", `The identity of ${this.#connection.name} sees no subscription.`, {
          hint: "Give it the Reader role on at least one subscription.",
        });
      }
      const names = Object.fromEntries(subscriptions.map(({ id, name }) => [id, name]));
      await this.#ctx.write((transaction) => writeSubscriptionNames(transaction, this.#connection.id, names));
      landed += await this.#inventory(cloud, subscriptions, inventoried);
      landed += await this.#costs(cloud, subscriptions);
      landed += await this.#metrics(cloud, subscriptions, measured);
    });
    const status = this.#failures.length === 0 ? "done" : landed > 0 ? "partial" : "failed";
    return {
      inventoried,
      measured,
      result: {
        connectionName: this.#connection.name,
        status,
        subscriptionCount: subscriptions.length,
        ...this.#counts,
        failures: this.#failures,
      },
    };
  }

  async #inventory(
    cloud: CloudRead,
    subscriptions: Subscription[],
    inventoried: Set<string>,
  ): Promise<number> {
    await this.#forEach("inventory", subscriptions, async (subscription) => {
      const found = await scanInventory(this.#ctx, cloud, this.#connection.id, subscription.id);
      this.#counts.resourceCount += found.resourceCount;
      this.#counts.goneCount += found.goneCount;
      inventoried.add(subscription.id);
    });
    return inventoried.size;
  }

  /** Month by month over all subscriptions, so that every one has its newest costs first. */
  async #costs(cloud: CloudRead, subscriptions: Subscription[]): Promise<number> {
    const plans = new Map<string, Subscription[]>();
    const months = new Map<string, Awaited<ReturnType<typeof planCostMonths>>[number]>();
    for (const subscription of subscriptions) {
      for (const month of await planCostMonths(this.#ctx, this.#connection.id, subscription.id)) {
        months.set(month.start, month);
        plans.set(month.start, [...(plans.get(month.start) ?? []), subscription]);
      }
    }
    const failed = new Set<string>();
    for (const start of [...plans.keys()].sort().reverse()) {
      const month = months.get(start)!;
      const pending = plans.get(start)!.filter((subscription) => !failed.has(subscription.id));
      await this.#forEach(`costs of ${start.slice(0, 7)}`, pending, async (subscription) => {
        // One failure per subscription is enough to report; older months would most likely fail alike.
        failed.add(subscription.id);
        this.#counts.costRowCount += await scanCostMonth(
          this.#ctx,
          cloud,
          this.#connection.id,
          subscription,
          month,
        );
        this.#counts.costMonthCount++;
        failed.delete(subscription.id);
      });
    }
    return this.#counts.costMonthCount;
  }

  async #metrics(cloud: CloudRead, subscriptions: Subscription[], measured: Set<string>): Promise<number> {
    await this.#forEach("metrics", subscriptions, async (subscription) => {
      this.#counts.metricPointCount += await scanMetrics(this.#ctx, cloud, subscription.id);
      measured.add(subscription.id);
    });
    return measured.size;
  }

  async #forEach(
    what: string,
    subscriptions: Subscription[],
    work: (subscription: Subscription) => Promise<void>,
  ): Promise<void> {
    const stage = what.startsWith("costs") ? "costs" : what === "metrics" ? "metrics" : "inventory";
    const limit = pLimit(subscriptionsAtOnce);
    let done = 0;
    const total = subscriptions.length;
    this.#ctx.progress({ message: `${this.#connection.name}: ${what}`, done, total, unit: "subscriptions" });
    await Promise.all(
      subscriptions.map((subscription) =>
        limit(async () => {
          await this.#attempt(stage, subscription, () => work(subscription));
          this.#ctx.progress({
            message: `${this.#connection.name}: ${what}`,
            done: ++done,
            total,
            unit: "subscriptions",
          });
        }),
      ),
    );
  }

  /** Runs a part; its failure is kept for the report. A stop by the person ends the scan at once. */
  async #attempt(
    stage: ScanFailure["stage"],
    subscription: Subscription | null,
    work: () => Promise<void>,
  ): Promise<void> {
    this.#ctx.signal.throwIfAborted();
    try {
      await work();
    } catch (error) {
      this.#ctx.signal.throwIfAborted();
      const failure = AppError.from(error);
      this.#ctx.log.warn(
        { err: error, stage, subscriptionId: subscription?.id },
        "a part of the scan failed",
      );
      this.#failures.push({
        subscriptionId: subscription?.id ?? null,
        subscriptionName: subscription?.name ?? null,
        stage,
        code: failure.code,
        message: failure.message,
        hint: failure.hint ?? null,
      });
    }
  }
}
