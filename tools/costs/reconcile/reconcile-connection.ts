import type { ConnectionRow } from "@cloudoptima/db/queries/connections.ts";
import {
  readConnectionCosts,
  sumSourceTotals,
  sumStoredCosts,
} from "@cloudoptima/db/queries/cost-reconciliation.ts";
import { costSourceOf } from "../../connections/cost-source.ts";
import type { ReadContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import type { Period } from "../cost-shapes.ts";
import { addDays, daysBetween, earlier } from "../coverage.ts";
import { compareBy, type ServiceDay, worstVerdict } from "./compare-totals.ts";
import type { ReconciledConnection } from "./reconcile-shapes.ts";

// Cost Management takes a few calls a minute: a quarter is two times three calls for each subscription.
const MOST_DAYS_ASKED = 92;
// What a model and a person still read; the counts speak of all.
const MOST_DAYS_SHOWN = 93;
const MOST_SERVICES_SHOWN = 30;

/** Compares what is stored of a connection with what its provider (or its files) say. */
export async function reconcileConnection(
  ctx: ReadContext,
  connection: ConnectionRow,
  period: Period,
  costKind: "billed" | "effective",
): Promise<ReconciledConnection> {
  const isFiles = connection.kind === "focus" || costSourceOf(connection).kind !== "query";
  const sides = isFiles
    ? await fileSides(ctx, connection, period)
    : await cloudSides(ctx, connection, period);
  const totals = (["billed", "effective"] as const).flatMap((kind) =>
    compareBy(sides.stored, sides.provider, kind, () => "").map(({ key, ...total }) => ({
      costKind: kind,
      ...total,
    })),
  );
  const days = compareBy(sides.stored, sides.provider, costKind, ({ day }) => day);
  const services = compareBy(sides.stored, sides.provider, costKind, ({ service }) => service);
  const verdict = worstVerdict([
    ...totals.map((total) => total.verdict),
    ...(sides.isPartial || totals.length === 0 ? (["unknown"] as const) : []),
  ]);
  return {
    connection: connection.name,
    kind: connection.kind,
    comparedWith: isFiles ? "files_as_read" : "provider_now",
    period: sides.period,
    verdict,
    totals,
    days: mostTelling(days, MOST_DAYS_SHOWN)
      .map(({ key, ...day }) => ({ day: key, ...day }))
      .sort((left, right) => (left.day < right.day ? -1 : 1)),
    differingDayCount: days.filter(differs).length,
    services: mostTelling(services, MOST_SERVICES_SHOWN).map(({ key, ...service }) => ({
      service: key,
      ...service,
    })),
    differingServiceCount: services.filter(differs).length,
    rows: sides.rows,
    notes: sides.notes,
  };
}

interface Sides {
  stored: ServiceDay[];
  provider: ServiceDay[];
  period: Period | null;
  rows: { stored: number; source: number } | null;
  /** Something that belongs to the period could not be compared. */
  isPartial: boolean;
  notes: string[];
}

async function fileSides(ctx: ReadContext, connection: ConnectionRow, period: Period): Promise<Sides> {
  return ctx.read(async (transaction) => {
    const { withoutTotals } = await readConnectionCosts(transaction, connection.id, period);
    const stored = await sumStoredCosts(transaction, connection.id, period, null);
    const provider = await sumSourceTotals(transaction, connection.id, period);
    const count = (costs: typeof stored) => costs.reduce((sum, { rowCount }) => sum + rowCount, 0);
    const notes = withoutTotals.map(
      (source) => `The totals of ${source} were not kept when it was loaded: import it again to compare it.`,
    );
    const isPartial = withoutTotals.length > 0;
    return {
      // Without the files' side the amounts would read as a difference that nobody has seen.
      stored: isPartial ? [] : stored,
      provider: isPartial ? [] : provider,
      period: stored.length > 0 ? period : null,
      rows: isPartial ? null : { stored: count(stored), source: count(provider) },
      isPartial,
      notes,
    };
  });
}

async function cloudSides(ctx: ReadContext, connection: ConnectionRow, asked: Period): Promise<Sides> {
  const known = await ctx.read((transaction) => readConnectionCosts(transaction, connection.id, asked));
  const nothing: Sides = { stored: [], provider: [], period: null, rows: null, isPartial: true, notes: [] };
  if (!known.lastDay) {
    return { ...nothing, notes: [`${connection.name} has brought no cost of these days yet.`] };
  }
  const period = { start: asked.start, end: earlier(asked.end, addDays(known.lastDay, 1)) };
  if (daysBetween(period.start, period.end) > MOST_DAYS_ASKED) {
    throw new AppError("invalid_input", "A live connection can be reconciled for a quarter at most.", {
      hint: "Cost Management takes few questions a minute: ask for a month or a quarter.",
    });
  }
  const notes =
    period.end < asked.end ? [`Costs are stored until ${known.lastDay}; later days were not compared.`] : [];
  const cloud = await ctx.cloud(connection.id);
  const subscriptions = await cloud.subscriptions(ctx.signal);
  const provider: ServiceDay[] = [];
  const compared: string[] = [];
  for (const [done, { id, name }] of subscriptions.entries()) {
    ctx.progress({
      message: `Asking ${connection.name} for its totals`,
      done,
      total: subscriptions.length,
      unit: "subscriptions",
    });
    try {
      const totals: ServiceDay[] = [];
      for await (const page of cloud.costTotals(id, period.start, period.end, ctx.signal))
        totals.push(...page);
      provider.push(...totals);
      compared.push(id);
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      notes.push(`${name} could not be asked: ${error.message}`);
    }
  }
  const unseen = known.subAccountIds.filter((id) => !subscriptions.some((seen) => seen.id === id));
  for (const id of unseen)
    notes.push(`Subscription ${id} is not visible any more; its stored costs were left out.`);
  const stored = await ctx.read((transaction) =>
    sumStoredCosts(transaction, connection.id, period, compared),
  );
  const isPartial = compared.length < subscriptions.length || unseen.length > 0;
  return { stored, provider, period, rows: null, isPartial, notes };
}

const differs = ({ verdict }: { verdict: string }) => verdict !== "to_the_cent";

/** Those that differ first, then the dearest. */
function mostTelling<
  Row extends { verdict: string; provider: { value: string }; difference: { value: string } },
>(rows: readonly Row[], limit: number): Row[] {
  const size = (row: Row) => Math.abs(Number(differs(row) ? row.difference.value : row.provider.value));
  return rows
    .toSorted((left, right) => Number(differs(right)) - Number(differs(left)) || size(right) - size(left))
    .slice(0, limit);
}
