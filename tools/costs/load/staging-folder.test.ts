import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeStagingFolder, removeLeftFolders } from "./staging-folder.ts";

it("removes what a killed process left of its load, and nothing of a running one or of anybody else", async () => {
  const parent = await mkdtemp(join(tmpdir(), "co-staging-"));
  try {
    const host = hostname().replace(/[^a-zA-Z0-9]/g, "_");
    const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
    const left = join(parent, `cloudoptima-load-${host}-${dead}-abc123`);
    const others = [
      `cloudoptima-load-${host}-${process.ppid}-abc123`,
      `cloudoptima-load-elsewhere-${dead}-abc123`,
      `cloudoptima-load-${host}-${dead}-abc123-more`,
      "something-else",
    ];
    await mkdir(left);
    await writeFile(join(left, "part-0"), "a bill");
    for (const name of others) await mkdir(join(parent, name));
    const own = await makeStagingFolder(parent);
    await removeLeftFolders(parent);
    const names = await readdir(parent);
    expect(names.toSorted()).toEqual([...others, own.slice(parent.length + 1)].toSorted());
  } finally {
    await rm(parent, { recursive: true });
  }
});
