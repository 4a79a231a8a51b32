import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import type { Finding } from "@cloudoptima/tools/doctor/finding.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = join(import.meta.dirname, "..", "main.ts");

describe("doctor and credentials, as real processes", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let service: ToolService;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "co-doctor-"));
    env = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      CLOUDOPTIMA_DATA_DIR: join(folder, "data"),
      CLOUDOPTIMA_DEMO: "0",
      CLOUDOPTIMA_NOW: "2026-10-14T09:00:00Z",
    };
    await putDatabase(join(folder, "data"));
    service = await openToolService({ env, needOwner: true, logLevel: "error" });
  });
  afterAll(async () => {
    await service?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function terminal(...parameters: string[]) {
    const child = spawn(process.execPath, [main, ...parameters], { env });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout };
  }
  async function diagnose() {
    const { code, stdout } = await terminal("doctor", "--json");
    const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: Finding[] };
    return { code, healthy, findings, of: (area: string) => findings.filter((one) => one.area === area) };
  }

  it("checks all there is beside the running product, and says what each means", async () => {
    const { code, healthy, findings, of } = await diagnose();
    expect({ code, healthy }).toEqual({ code: 0, healthy: true });
    expect([...new Set(findings.map(({ area }) => area))].sort()).toEqual(
      ["clock", "data", "database", "disk", "extensions", "files", "model"].sort(),
    );
    expect(of("database")[0]!.says).toMatch(/^embedded PostgreSQL \d+.*MB, 0 rows of cost$/);
    expect(of("extensions").map(({ says }) => says)).toEqual([
      expect.stringContaining("timescaledb"),
      expect.stringContaining("vector"),
    ]);
    expect(of("clock")[0]!.means).toContain("CLOUDOPTIMA_NOW");
    for (const { means } of findings) expect(means).toMatch(/\.$/);
    const { stdout } = await terminal("doctor");
    expect(stdout).toContain("ok   database   embedded PostgreSQL");
  });

  it("fails with what to do when a key may be read by others", async () => {
    const file = join(env.CLOUDOPTIMA_DATA_DIR!, "audit.key");
    await chmod(file, 0o644);
    const { code, healthy, of } = await diagnose();
    expect({ code, healthy }).toEqual({ code: 1, healthy: false });
    expect(of("files").find(({ state }) => state === "fail")).toMatchObject({
      says: "readable by others: audit.key",
      advice: expect.stringContaining(`chmod 600 ${file}`),
    });
    await chmod(file, 0o600);
  });

  it("rotates the key of credentials: a new line first, for this user alone", async () => {
    const file = join(env.CLOUDOPTIMA_DATA_DIR!, "credentials.key");
    expect((await terminal("credentials", "rotate")).code).toBe(0);
    const before = (await readFile(file, "utf8")).trim().split("\n");
    const { code, stdout } = await terminal("credentials", "rotate", "--json");
    expect({ code, rotated: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      rotated: { organizations: [{ organization: "My organization", failures: [] }] },
    });
    const after = (await readFile(file, "utf8")).trim().split("\n");
    expect(after.slice(1)).toEqual(before);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(stdout).not.toContain(after[0]);
  });
});
