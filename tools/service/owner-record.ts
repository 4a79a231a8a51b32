import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What the owner of a data folder tells the others; the lock, not this file, says who owns it. */
export const OwnerRecord = z.object({
  pid: z.number().int(),
  /** lasting: the web, which keeps the data. transient: a terminal or assistant, which hands over. */
  kind: z.enum(["lasting", "transient"]),
  socketPath: z.string(),
  /** Where people reach it, once it listens. */
  address: z.string().optional(),
});
export type OwnerRecord = z.infer<typeof OwnerRecord>;

const recordPath = (dataDir: string) => join(dataDir, "owner.json");

/** The last owner's record; it may have died since. Undefined when there is none. */
export async function readOwnerRecord(dataDir: string): Promise<OwnerRecord | undefined> {
  try {
    return OwnerRecord.parse(JSON.parse(await readFile(recordPath(dataDir), "utf8")));
  } catch {
    return undefined;
  }
}

/** Replaces the record in one step, so that a reader never sees half of it. */
export async function writeOwnerRecord(dataDir: string, record: OwnerRecord): Promise<void> {
  const draft = `${recordPath(dataDir)}.${record.pid}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  await rename(draft, recordPath(dataDir));
}

export async function removeOwnerRecord(dataDir: string): Promise<void> {
  await rm(recordPath(dataDir), { force: true });
}
