import type { ExportFiles } from "../../clouds/export-files.ts";
import type { ReadContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { chooseRuns, type MonthlyExport } from "./choose-runs.ts";
import { type ExportRun, findRuns, isManifest } from "./find-runs.ts";
import { type ExportManifest, parseManifest } from "./manifest.ts";

// One names each part of a run: a thousand of them are some hundred kilobytes.
const LARGEST_MANIFEST = 4 * 1024 * 1024;
// Clocks differ, and a copy may have a local time for UTC.
const SKEW_MS = 24 * 60 * 60_000;

/** What speaks of one manifest: broken, written anew or removed since it was listed. */
const ofOneRun: ReadonlySet<AppError["code"]> = new Set(["invalid_input", "conflict", "not_found"]);

/** What there is to load, newest month first. Throws no_data when the place holds no cost export at all. */
export async function findExports(
  files: ExportFiles,
  ctx: Pick<ReadContext, "now" | "realNow" | "signal">,
): Promise<MonthlyExport[]> {
  const { signal } = ctx;
  const listed = await files.list(signal);
  const manifests = new Map<string, ExportManifest | AppError>();
  for (const file of listed.filter(({ path }) => isManifest(path))) {
    try {
      manifests.set(
        file.path,
        parseManifest(file.path, await files.readText(file, LARGEST_MANIFEST, signal)),
      );
    } catch (error) {
      signal.throwIfAborted();
      // One run's broken manifest must not keep other months from being read.
      if (!(error instanceof AppError && ofOneRun.has(error.code))) throw error;
      manifests.set(file.path, error);
    }
  }
  const runs = findRuns(listed, manifests).map((run) => refuseFuture(run, ctx));
  if (runs.length > 0) return chooseRuns(runs);
  throw new AppError("no_data", `There is no cost export in the ${files.name}.`, {
    hint: "Cost Management writes EXPORT/YYYYMMDD-YYYYMMDD/…: name the folder that the exports lie in.",
  });
}

/** A run from the future would be the newest for ever, and keep all later ones out unnoticed. */
function refuseFuture(run: ExportRun, { now, realNow }: Pick<ReadContext, "now" | "realNow">): ExportRun {
  const latest = Math.max(now().epochMilliseconds, realNow().getTime()) + SKEW_MS;
  if (run.submittedAt.getTime() <= latest) return run;
  const problem = `it is of ${run.submittedAt.toISOString()}, which is still to come: a clock is wrong`;
  return { ...run, problem: run.problem ? `${run.problem}; ${problem}` : problem };
}
