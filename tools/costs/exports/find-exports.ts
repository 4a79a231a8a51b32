import type { ExportFiles } from "../../clouds/export-files.ts";
import { AppError } from "../../kernel/errors.ts";
import { chooseRuns, type MonthlyExport } from "./choose-runs.ts";
import { findRuns, isManifest } from "./find-runs.ts";
import { type ExportManifest, parseManifest } from "./manifest.ts";

// One names each part of a run: a thousand of them are some hundred kilobytes.
const LARGEST_MANIFEST = 4 * 1024 * 1024;

/** What there is to load, newest month first. Throws no_data when the place holds no cost export at all. */
export async function findExports(files: ExportFiles, signal: AbortSignal): Promise<MonthlyExport[]> {
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
      if (!(error instanceof AppError && error.code === "invalid_input")) throw error;
      manifests.set(file.path, error);
    }
  }
  const runs = findRuns(listed, manifests);
  if (runs.length > 0) return chooseRuns(runs);
  throw new AppError("no_data", `There is no cost export in the ${files.name}.`, {
    hint: "Cost Management writes EXPORT/YYYYMMDD-YYYYMMDD/…: name the folder that the exports lie in.",
  });
}
