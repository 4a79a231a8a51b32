import type { Dirent } from "node:fs";
import { copyFile, readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, sep } from "node:path";
import { changedMeanwhile, type ExportFile, type ExportFiles, tooLarge } from "../../clouds/export-files.ts";
import { AppError } from "../../kernel/errors.ts";

// A year of daily runs of ten exports in parts is some ten thousand files.
const MOST_FILES = 100_000;

/**
 * Exports in a folder under the directory that the operator names by environment. Throws forbidden for a path or a
 * link that leads out of it, and when no directory is named: a folder of the server is never a tenant's to choose.
 */
export async function folderFiles(root: string | undefined, folder: string): Promise<ExportFiles> {
  const { top, directory } = await insideRoot(root, folder);
  // A link may have been put there since the files were listed.
  const locate = async (file: ExportFile) => {
    const path = await realpath(join(directory, file.path));
    if (!isInside(top, path)) throw leadsOut(file.path);
    return path;
  };
  /** Reads a file that is what was listed, and still is once it was read: written anew in place it may be half of each. */
  const unchanged = async <Result>(
    file: ExportFile,
    signal: AbortSignal,
    read: (path: string) => Promise<Result>,
  ): Promise<Result> => {
    signal.throwIfAborted();
    try {
      const path = await locate(file);
      const result = await read(path);
      const { size, mtime } = await stat(path);
      if (size !== file.size || mtime.getTime() !== file.modifiedAt.getTime())
        throw changedMeanwhile(file.path);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw fileError(file.path, error);
    }
  };
  return {
    name: `folder ${folder}`,
    async list(signal) {
      const files: ExportFile[] = [];
      for await (const file of walk(top, directory, "", signal)) {
        if (files.length === MOST_FILES) {
          throw new AppError("invalid_input", `The folder ${folder} holds more than ${MOST_FILES} files.`, {
            hint: "Move old exports elsewhere, or name a folder with only the exports.",
          });
        }
        files.push(file);
      }
      return files;
    },
    async readText(file, mostBytes, signal) {
      if (file.size > mostBytes) throw tooLarge(file, mostBytes);
      return unchanged(file, signal, (path) => readFile(path, { encoding: "utf8", signal }));
    },
    async copy(file, target, signal) {
      await unchanged(file, signal, (path) => copyFile(path, target));
      if ((await stat(target)).size !== file.size) throw changedMeanwhile(file.path);
    },
  };
}

async function insideRoot(root: string | undefined, folder: string) {
  if (!root) {
    throw new AppError("forbidden", "No directory for cost exports is named on this server.", {
      hint: "Its operator sets CLOUDOPTIMA_COST_EXPORTS to the directory that the exports' folders lie in.",
    });
  }
  const segments = folder.split(/[/\\]/);
  if (isAbsolute(folder) || /^[a-z]:/i.test(folder) || segments.includes("..") || folder.includes("\0")) {
    throw leadsOut(folder);
  }
  try {
    const top = await realpath(root);
    const directory = await realpath(join(top, folder));
    if (directory !== top && !isInside(top, directory)) throw leadsOut(folder);
    return { top, directory };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("not_found", `There is no folder ${folder} for cost exports on this server.`, {
      hint: "Check the path under CLOUDOPTIMA_COST_EXPORTS, and who may read it.",
      cause,
    });
  }
}

async function* walk(
  top: string,
  directory: string,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<ExportFile> {
  signal.throwIfAborted();
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(prefix || "The folder", error);
  });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(top, join(directory, entry.name), path, signal);
    else if (entry.isFile() || entry.isSymbolicLink()) yield describe(top, directory, path, entry);
  }
}

/** What the file system says of one file, in words; anything else as it is. */
function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new AppError("not_found", `${path} is gone since it was listed, or links to nothing.`, {
      hint: "Scan again when nothing is being moved; remove a link that leads nowhere.",
      cause: error,
    });
  }
  if (code === "EACCES" || code === "EPERM") {
    return new AppError("forbidden", `${path} may not be read.`, {
      hint: "Let the user that this server runs as read the directory for cost exports.",
      cause: error,
    });
  }
  return error;
}

async function describe(top: string, directory: string, path: string, entry: Dirent): Promise<ExportFile> {
  const target = await realpath(join(directory, entry.name)).catch((error: unknown) => {
    throw fileError(path, error);
  });
  if (!isInside(top, target)) throw leadsOut(path);
  const info = await stat(target).catch((error: unknown) => {
    throw fileError(path, error);
  });
  // A linked folder could lead in a circle, and hide how much there is.
  if (!info.isFile()) {
    throw new AppError("forbidden", `${path} is a link to a folder, which is not followed.`, {
      hint: "Put the exports themselves there.",
    });
  }
  return { path, size: info.size, modifiedAt: info.mtime };
}

const isInside = (top: string, path: string) => path.startsWith(top.endsWith(sep) ? top : `${top}${sep}`);

function leadsOut(path: string): AppError {
  return new AppError("forbidden", `${path} leads out of the directory for cost exports.`, {
    hint: "Name a folder inside CLOUDOPTIMA_COST_EXPORTS, without links to elsewhere.",
  });
}
