import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { AppError } from "../../kernel/errors.ts";

const DATA = /\.(csv|csv\.gz|gz|parquet)$/i;

/** A file to import, and how messages name it. */
export interface FilePart {
  path: string;
  name?: string;
}

/**
 * The file itself, or the data files of a folder and those below it, in order of path: one export in parts, as AWS
 * (…/BILLING_PERIOD=2026-10/…-00001.parquet) and BigQuery write it. Other files, such as manifests, are left out.
 */
export async function findParts(path: string): Promise<FilePart[]> {
  const isFolder = await stat(path).then(
    (info) => info.isDirectory(),
    // Opening it says what is wrong with it.
    () => false,
  );
  if (!isFolder) return [{ path }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const parts = entries
    .filter((entry) => entry.isFile() && DATA.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file, name: relative(path, file) }));
  if (parts.length > 0) return parts;
  throw new AppError("invalid_input", `${path} holds no FOCUS file.`, {
    hint: "Name a .csv, .csv.gz or .parquet file, or a folder with the parts of one export.",
  });
}
