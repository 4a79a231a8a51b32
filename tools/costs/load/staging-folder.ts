import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { hasEnded } from "../../kernel/running-process.ts";

const prefix = "cloudoptima-load-";
const host = hostname().replace(/[^a-zA-Z0-9]/g, "_");
let swept: Promise<void> | undefined;

/**
 * A new private folder (mode 0700) for one load. What loads of processes that were killed left is removed first, once
 * a process: it holds whole bills, and nobody else would ever remove it.
 */
export async function makeStagingFolder(parent = tmpdir()): Promise<string> {
  swept ??= removeLeftFolders(parent).catch(() => undefined);
  await swept;
  return mkdtemp(join(parent, `${prefix}${host}-${process.pid}-`));
}

/** Removes the folders of loads whose process on this machine has ended; those of others and other users stay. */
export async function removeLeftFolders(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = new RegExp(`^${prefix}${host}-(\\d+)-[^-]+$`).exec(name)?.[1];
    if (!pid || !hasEnded({ host: hostname(), pid: Number(pid), instance: "unknown" })) continue;
    // Of the same number as ours it is of a process before us only if it was made before we started.
    const path = join(parent, name);
    const info = await lstat(path).catch(() => undefined);
    const isOurs = info?.isDirectory() && info.uid === process.getuid?.();
    const isOlder = Number(pid) !== process.pid || (info?.birthtimeMs ?? 0) < performance.timeOrigin;
    if (isOurs && isOlder) await rm(path, { recursive: true, force: true });
  }
}
