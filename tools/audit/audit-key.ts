import { randomBytes } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../kernel/errors.ts";

const fileName = "audit.key";
/** Fewer characters would be worth guessing. */
const shortestAuditKey = 32;

/**
 * The key of the audit chain: the operator's (CLOUDOPTIMA_AUDIT_KEY), else the data folder's file, made at the first
 * start. It never reaches the database. Changing it later is not supported: a chain is checked with one key.
 */
export async function loadAuditKey(settings: {
  dataDir: string;
  auditKey: string | undefined;
}): Promise<Buffer> {
  if (settings.auditKey) return Buffer.from(settings.auditKey, "utf8");
  const path = join(settings.dataDir, fileName);
  const text = (await readText(path)) ?? (await makeKey(path));
  if (text.length < shortestAuditKey) {
    throw new AppError("unavailable", `The audit key in ${path} is damaged.`, {
      hint: "Put the file back from a backup: without it nobody can check the audit log.",
    });
  }
  return Buffer.from(text, "utf8");
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Appears whole or not at all; of two processes that start at once, both use the key of the first. */
async function makeKey(path: string): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString("hex")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft);
  }
  return (await readText(path)) ?? "";
}
