import { createHash } from "node:crypto";
import {
  confirmDeliveries,
  listMonthDeliveries,
  type MonthDelivery,
} from "@cloudoptima/db/queries/export-deliveries.ts";
import type { ExportFiles } from "../../clouds/export-files.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { decimal } from "../../kernel/money.ts";
import { focusProblem, readFailure } from "../import/focus-problem.ts";
import { withStaging } from "../load/load-costs.ts";
import type { LoadedTotal } from "../load/load-result.ts";
import { loadStaged } from "../load/load-staged.ts";
import { type RowProblem, type RowSource, stageRows } from "../load/stage-rows.ts";
import type { Staging } from "../load/staging.ts";
import { readDeliveries, readTotals, summarizeStaged } from "../load/summarize-staged.ts";
import { refuseOverlap, refuseUnevenPair, type SummedPart } from "./check-runs.ts";
import type { MonthlyExport } from "./choose-runs.ts";
import { classicNames, classicOrigin } from "./classic-columns.ts";
import { openPart } from "./export-part.ts";
import { sumPart } from "./part-totals.ts";
import { NO_SUBSCRIPTION } from "./subscription-scope.ts";

export interface LoadedMonth {
  /** already_read: exactly these runs were loaded before. */
  outcome: "loaded" | "already_read";
  rowCount: number;
  totals: LoadedTotal[];
  /** Subscriptions that were loaded before and that the runs lack: their costs are kept as they were. */
  keptSubscriptions: string[];
}

/**
 * Loads a month of exports: copied, checked against manifests and against each other, staged, and published by one
 * flip in place of what the month had. Throws, and changes nothing, where anything is missing or does not tie out.
 */
export async function loadMonth(
  ctx: WriteContext,
  connectionId: string,
  files: ExportFiles,
  chosen: MonthlyExport,
): Promise<LoadedMonth> {
  const name = chosen.month.slice(0, 7);
  if (chosen.problem !== null) {
    throw new AppError("invalid_input", `The exports of ${name} cannot be loaded: ${chosen.problem}.`, {
      hint: "What was loaded before is kept. Let the export run again, or scan when it is done.",
    });
  }
  const month = {
    start: chosen.month,
    end: Temporal.PlainDate.from(chosen.month).add({ months: 1 }).toString(),
  };
  const source = describeRuns(files, chosen);
  const submittedAt = new Date(Math.max(...chosen.runs.map((run) => run.submittedAt.getTime())));
  const before = await ctx.read((transaction) => listMonthDeliveries(transaction, connectionId, month.start));
  const kept = readAlready(before, source);
  if (kept) {
    return { outcome: "already_read", rowCount: 0, totals: [], keptSubscriptions: scopesOf(kept) };
  }
  refuseOlder(name, before, submittedAt);
  return withStaging(ctx, async (staging) => {
    const parts = await openParts(ctx, staging, files, chosen, month);
    refuseShortRuns(chosen.runs, parts);
    refuseOverlap(parts);
    refuseUnevenPair(parts);
    const rowCount = parts.reduce((sum, part) => sum + rowsOf(part), 0);
    if (rowCount === 0) {
      if (before.length === 0) return { outcome: "loaded", rowCount, totals: [], keptSubscriptions: [] };
      throw new AppError(
        "unavailable",
        `The exports of ${name} have no costs at all, where there were some.`,
        {
          hint: "What was loaded is kept. Let the export run again.",
        },
      );
    }
    await stageParts(ctx, staging, parts, month);
    mustEqualFiles(await readTotals(staging), parts);
    const staged = await readDeliveries(staging);
    const { replaced, kept } = splitMissing(before, staged);
    const read = { connectionId, source, submittedAt, at: new Date(ctx.now().epochMilliseconds) };
    const result = await loadStaged(ctx, staging, {
      connectionId,
      source,
      replaceScopes: replaced.map((key) => ({ ...key, periodStart: month.start, periodEnd: month.end })),
      onPublished: (transaction, deliveries) => confirmDeliveries(transaction, deliveries, read),
    });
    return { outcome: "loaded", rowCount, totals: result.totals, keptSubscriptions: scopesOf(kept) };
  });
}

/**
 * What is kept beside what these runs brought; null when they were not read, or something has taken their place since.
 * All that they bring is noted with its flip, so one delivery that names them tells it.
 */
function readAlready(before: readonly MonthDelivery[], source: string): MonthDelivery[] | null {
  const own = before.find((delivery) => delivery.source === source);
  const others = before.filter((delivery) => delivery.source !== source);
  return own && others.every(({ loadedAt }) => loadedAt <= own.loadedAt) ? others : null;
}

/** Throws when what is loaded came from a newer run: one that was removed, or that an older one was copied over. */
function refuseOlder(month: string, before: readonly MonthDelivery[], submittedAt: Date): void {
  const newer = before.find((delivery) => delivery.submittedAt && delivery.submittedAt > submittedAt);
  if (!newer) return;
  throw new AppError(
    "conflict",
    `The newest exports of ${month} are of ${submittedAt.toISOString()}; what is loaded came from a newer run, of ${newer.submittedAt!.toISOString()}.`,
    { hint: "What was loaded is kept. Put the newer run back, or let the export run again." },
  );
}

/** Which runs, and which very files of them: one that is written anew in place is another. */
function describeRuns(files: ExportFiles, { runs }: MonthlyExport): string {
  const named = runs.map((run) => `${run.export.split("/").at(-1) || "export"} run ${run.id}`).sort();
  const content = runs
    .flatMap(({ parts }) => parts.map(({ file }) => [file.path, file.size, file.modifiedAt.getTime()]))
    .sort();
  const mark = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
  return `${files.name}: ${named.join(", ")} (${mark})`;
}

async function openParts(
  ctx: WriteContext,
  staging: Staging,
  files: ExportFiles,
  { runs }: MonthlyExport,
  month: { start: string; end: string },
): Promise<SummedPart[]> {
  const wanted = runs
    .flatMap((run) => run.parts.map((part) => ({ run, part })))
    // A file without a byte has not even a header. One that its manifest calls empty is read like any other.
    .filter(({ part }) => part.rowCount !== 0 || part.file.size > 0);
  const parts: SummedPart[] = [];
  for (const [number, { run, part }] of wanted.entries()) {
    const message = `Reading the exports of ${month.start.slice(0, 7)}`;
    ctx.progress({ message, done: number, total: wanted.length, unit: "files" });
    const opened = await openPart(staging, files, run, part, number, ctx.signal);
    parts.push({ ...opened, totals: await sumPart(staging, opened, month, ctx.signal) });
  }
  return parts;
}

/** Throws when a run's files together have not the rows that its manifest counts, where it does not count each file's. */
function refuseShortRuns(runs: MonthlyExport["runs"], parts: readonly SummedPart[]): void {
  for (const run of runs) {
    const own = parts.filter((part) => part.run === run);
    const found = own.reduce((sum, part) => sum + rowsOf(part), 0);
    if (run.rowCount === null || run.rowCount === found) continue;
    throw new AppError(
      "invalid_input",
      `Run ${run.id} has ${found} rows where its manifest says ${run.rowCount}: it is not whole.`,
      { hint: "Wait until the export has been written, or copy it again. Nothing of this month was loaded." },
    );
  }
}

const rowsOf = ({ totals }: SummedPart) => totals.reduce((sum, { rowCount }) => sum + rowCount, 0);

async function stageParts(
  ctx: WriteContext,
  staging: Staging,
  parts: readonly SummedPart[],
  month: { start: string; end: string },
): Promise<void> {
  const [first] = parts as [SummedPart];
  const period = `replace ('${month.start}' as billing_period_start, '${month.end}' as billing_period_end)`;
  const source: RowSource = {
    ...first.source,
    relation: parts.map((part) => `select * ${period} from (${part.source.relation})`).join(" union all "),
  };
  const problem = await stageRows(staging, source).catch(async (cause: Error) => {
    ctx.signal.throwIfAborted();
    throw await readFailure(
      parts.map(({ file }) => file),
      cause,
    );
  });
  if (problem) throw await describeProblem(parts, problem);
  await summarizeStaged(staging);
}

/** Names the part and its own row: rows are counted over all parts in order. */
function describeProblem(parts: readonly SummedPart[], problem: RowProblem): Promise<AppError> {
  let { row } = problem;
  for (const part of parts) {
    if (row <= rowsOf(part)) {
      const origin = part.kind === "focus" ? undefined : classicOrigin[problem.column];
      const column = origin && (classicNames(part.file.columns, origin)[0] ?? problem.column);
      return focusProblem(part.file, { ...problem, row }, column);
    }
    row -= rowsOf(part);
  }
  throw new Error(`Row ${problem.row} is in none of the parts.`);
}

/** What was staged is what the files themselves say, per currency and cost kind, to the last decimal. */
function mustEqualFiles(staged: readonly LoadedTotal[], parts: readonly SummedPart[]): void {
  const totals = parts.flatMap((part) => part.totals);
  const differences = staged.flatMap(({ currency, ...total }) => {
    const own = totals.filter((one) => one.currency === currency);
    return (["billed", "effective"] as const)
      .map((kind) => ({ kind, file: own.reduce((sum, one) => sum.plus(one[kind]), decimal("0")) }))
      .filter(({ kind, file }) => !file.equals(total[kind]))
      .map(({ kind, file }) => `${currency} ${kind}: files ${file.toFixed()}, staged ${total[kind]}`);
  });
  const rows = staged.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const fileRows = totals.reduce((sum, { rowCount }) => sum + rowCount, 0);
  if (rows !== fileRows) differences.push(`rows: files ${fileRows}, staged ${rows}`);
  if (differences.length === 0) return;
  throw new AppError("internal", `The exports do not tie out: ${differences.join("; ")}.`, {
    hint: "Nothing was loaded. This is a defect of ours: please report it with the files' shape.",
  });
}

/**
 * What the month had and the new runs lack. A subscription does not lose a month that it had: the exports' scope is
 * smaller, so it is kept and told. Charges of no subscription are corrected like any others.
 */
function splitMissing(
  before: readonly MonthDelivery[],
  staged: readonly { billingAccountId: string; scope: string }[],
) {
  const arrived = new Set(staged.map((key) => JSON.stringify([key.billingAccountId, key.scope])));
  const missing = before.filter(
    ({ billingAccountId, scope }) => !arrived.has(JSON.stringify([billingAccountId, scope])),
  );
  return {
    replaced: missing.filter(({ scope }) => scope === NO_SUBSCRIPTION),
    kept: missing,
  };
}

const scopesOf = (deliveries: readonly MonthDelivery[]) =>
  deliveries.map(({ scope }) => scope).filter((scope) => scope !== NO_SUBSCRIPTION);
