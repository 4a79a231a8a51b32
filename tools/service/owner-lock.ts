import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../kernel/errors.ts";

export interface OwnerLock {
  release(): void;
}

const sqliteBusy = 5;

/**
 * Takes the lock on a data folder, or gives null while another process (or service) holds it.
 * The lock is the operating system's own, held through an empty SQLite file: it ends with the process, however
 * that ends, so no stale lock, reused process id or zombie has to be told apart, and two takers cannot both win.
 * Nothing else may open that file in this process: closing any handle of it would drop the lock.
 */
export function tryOwnerLock(dataDir: string): OwnerLock | null {
  const file = openLockFile(dataDir);
  try {
    file.exec("pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return null;
    throw error;
  }
  return { release: () => file.close() };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    return new DatabaseSync(join(dataDir, "owner.lock"));
  } catch (cause) {
    throw new AppError("unavailable", `The data folder ${dataDir} cannot be written.`, {
      hint: "Give this user the right to write there, or choose another folder with CLOUDOPTIMA_DATA_DIR.",
      cause,
    });
  }
}
