import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import type { CostRecord, DeliveryKey } from "./cost-record.ts";
import type { LoadResult } from "./load-result.ts";
import { loadStaged } from "./load-staged.ts";
import { recordColumns } from "./record-columns.ts";
import { longestOf, type RowProblem, stageRows } from "./stage-rows.ts";
import { openStaging, type Staging } from "./staging.ts";
import { summarizeStaged } from "./summarize-staged.ts";

export interface CostLoad {
  connectionId: string;
  /** File name or provider scope, for provenance. */
  source: string;
  /** Any order, any batch size; a row's delivery is its (provider, billing account, scope, billing period). */
  batches: AsyncIterable<CostRecord[]>;
  /** Keys that this load covers even if no row comes: what was published for them is replaced by nothing. */
  replaceScopes?: readonly DeliveryKey[];
}

/** Loads cost rows; visible all at once, or not at all. Same content again changes nothing. */
export async function loadCosts(ctx: WriteContext, load: CostLoad): Promise<LoadResult> {
  return withStaging(ctx, async (staging) => {
    await appendRecords(ctx, staging, load.batches);
    const problem = await stageRows(staging, { relation: "select * from records" });
    if (problem) throw badRecord(load.source, problem);
    await summarizeStaged(staging);
    return loadStaged(ctx, staging, {
      connectionId: load.connectionId,
      source: load.source,
      replaceScopes: load.replaceScopes ?? [],
    });
  });
}

/** Runs `work` with a private staging database that is always removed; an abort interrupts its query. */
export async function withStaging<Result>(
  ctx: Pick<WriteContext, "signal">,
  work: (staging: Staging) => Promise<Result>,
): Promise<Result> {
  const staging = await openStaging();
  const interrupt = () => staging.interrupt();
  ctx.signal.addEventListener("abort", interrupt, { once: true });
  try {
    return await work(staging);
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw error;
  } finally {
    ctx.signal.removeEventListener("abort", interrupt);
    await staging.close();
  }
}

const fields = Object.keys(recordColumns) as (keyof CostRecord)[];
// What travels at once is packed in one go: between slices the event loop gets its turn.
const ROWS_PER_SLICE = 250;

async function appendRecords(
  ctx: WriteContext,
  staging: Staging,
  batches: AsyncIterable<CostRecord[]>,
): Promise<void> {
  await staging.run(
    `create table records (${fields.map((field) => `${recordColumns[field]} varchar`).join(", ")})`,
  );
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += ROWS_PER_SLICE) {
      ctx.signal.throwIfAborted();
      await staging.append("records", batch.slice(from, from + ROWS_PER_SLICE).map(recordValues));
    }
  }
}

function recordValues(record: CostRecord): (string | null)[] {
  return fields.map((field) => (field === "tags" ? JSON.stringify(record.tags) : record[field]) || null);
}

function badRecord(source: string, problem: RowProblem): AppError {
  return new AppError(
    "invalid_input",
    `A cost of ${source} cannot be loaded: ${problem.column} is ${describe(problem)}.`,
    { hint: "Nothing was loaded.", details: { ...problem, value: problem.value.slice(0, 200) } },
  );
}

function describe({ kind, column, value }: RowProblem): string {
  if (kind === "missing") return "missing";
  return kind === "long_text" ? `longer than ${longestOf(column)} bytes` : `"${value}"`;
}
