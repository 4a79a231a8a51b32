import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadAuditKey } from "./audit-key.ts";

describe("loadAuditKey", () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "co-key-"));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it("makes one key for all who start at once, in a file for its owner only", async () => {
    const keys = await Promise.all(
      Array.from({ length: 8 }, () => loadAuditKey({ dataDir, auditKey: undefined })),
    );
    expect(new Set(keys.map(String)).size).toBe(1);
    expect(keys[0]!.length).toBe(64);
    expect(await readdir(dataDir)).toEqual(["audit.key"]);
    expect((await stat(join(dataDir, "audit.key"))).mode & 0o777).toBe(0o600);
  });

  it("takes the operator's instead, and the file's content is good as one", async () => {
    const made = await loadAuditKey({ dataDir, auditKey: undefined });
    const text = (await readFile(join(dataDir, "audit.key"), "utf8")).trim();
    expect(await loadAuditKey({ dataDir: "/nowhere", auditKey: text })).toEqual(made);
  });

  it("refuses a damaged file instead of signing with it", async () => {
    await writeFile(join(dataDir, "audit.key"), "short");
    await expect(loadAuditKey({ dataDir, auditKey: undefined })).rejects.toThrow(/is damaged/);
  });
});
