import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Unix socket addresses hold 103 (macOS) to 107 (Linux) bytes. */
const maxPathBytes = 100;

/** A place for the owner's socket that only this user can enter: in the data folder, or a short temporary one. */
export async function prepareSocketPath(dataDir: string): Promise<{ path: string; remove(): Promise<void> }> {
  if (process.platform === "win32") {
    return { path: `\\\\.\\pipe\\cloudoptima-${process.pid}`, remove: async () => {} };
  }
  const preferred = join(dataDir, "run", "owner.sock");
  if (Buffer.byteLength(preferred) <= maxPathBytes) {
    await mkdir(dirname(preferred), { recursive: true, mode: 0o700 });
    await rm(preferred, { force: true }); // left by an owner that was killed; we hold the lock
    return { path: preferred, remove: () => rm(preferred, { force: true }) };
  }
  const temporary = await mkdtemp(join(Buffer.byteLength(tmpdir()) < 70 ? tmpdir() : "/tmp", "co-"));
  return {
    path: join(temporary, "owner.sock"),
    remove: () => rm(temporary, { recursive: true, force: true }),
  };
}
