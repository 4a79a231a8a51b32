import { AppError } from "../kernel/errors.ts";

/** A file among a connection's cost exports. */
export interface ExportFile {
  /** Relative to where the exports lie, segments by "/". */
  path: string;
  /** Bytes. */
  size: number;
  modifiedAt: Date;
}

/** A blob container, and the directory of the exports in it ("" for all of it). */
export interface ExportPlace {
  storageAccount: string;
  container: string;
  prefix: string;
}

/** Where a connection's cost exports lie: a folder of this machine or a blob container. It is only read. */
export interface ExportFiles {
  /** For messages and provenance: "folder contoso", "container exports of contosocosts". */
  name: string;
  /** All files, complete or an error: a list that is short would make totals short. */
  list(signal: AbortSignal): Promise<ExportFile[]>;
  /** A small text file, e.g. a manifest; throws when it is larger than `mostBytes`. */
  readText(file: ExportFile, mostBytes: number, signal: AbortSignal): Promise<string>;
  /** Writes a copy of a listed file to `target`; throws when it is not, byte for byte, what was listed. */
  copy(file: ExportFile, target: string, signal: AbortSignal): Promise<void>;
}

/** A file that is not what was listed a moment ago. */
export function changedMeanwhile(path: string): AppError {
  return new AppError("conflict", `${path} changed while it was read.`, {
    hint: "An export was being written; scan again when it is done. Nothing of it was loaded.",
  });
}

/** A file that cannot be what its name says. */
export function tooLarge(file: ExportFile, mostBytes: number): AppError {
  return new AppError("invalid_input", `${file.path} has ${file.size} bytes; it may have ${mostBytes}.`, {
    hint: "A manifest is small: look what wrote this one.",
  });
}
