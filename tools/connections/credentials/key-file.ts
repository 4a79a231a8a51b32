import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "../../kernel/errors.ts";

/** Where the data folder keeps its keys for stored credentials: one a line, the writing one first. */
export const keyFileOf = (dataDir: string) => join(dataDir, "credentials.key");

const newKey = () => randomBytes(32).toString("hex");

/** The file's keys; made with one key, for this user alone, when it is not there yet. */
export function readOrMakeKeyFile(file: string): string[] {
  try {
    return lines(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw unreadable(file, error);
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${newKey()}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    // Another process of this folder made it in between: then its key counts.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unreadable(file, error);
  }
  return lines(readFileSync(file, "utf8"));
}

/** Puts a new key before the others, whole or not at all: from now on it writes, and the others still read. */
export function addKeyToFile(file: string): void {
  replaceKeys(file, [newKey(), ...readOrMakeKeyFile(file)]);
}

/** Replaces the file in one step; a crash leaves the old one. */
function replaceKeys(file: string, keys: readonly string[]): void {
  const next = `${file}.${randomUUID()}`;
  try {
    writeFileSync(next, `${keys.join("\n")}\n`, { mode: 0o600, flag: "wx" });
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw unreadable(file, error);
  }
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

function unreadable(file: string, cause: unknown): AppError {
  return new AppError("unavailable", `The key file ${file} cannot be used: ${(cause as Error).message}`, {
    hint: "It belongs to the user that runs CloudOptima, and nobody else may read it (mode 600).",
    cause,
  });
}
