import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { createTestTools } from "../testing/test-tools.ts";
import { checkFiles } from "./check-files.ts";
import type { Installation } from "./inspect-installation.operation.ts";
import { judgeClock, judgeDatabase, judgeExtensions } from "./judge-database.ts";
import { judgePrices } from "./judge-prices.ts";

const times = {
  businessNow: "2026-10-05T09:30:00Z",
  realNow: "2026-10-05T09:30:00Z",
  databaseNow: "2026-10-05T09:30:00Z",
};
const at = new Date(times.realNow);

describeEachEngine("inspect_installation", (engine) => {
  test("reads version, size, extensions and clocks as an admin, and refuses a viewer", async () => {
    const tools = createTestTools({ database: engine.database(), now: times.businessNow });
    const organization = await tools.createOrganization();
    const inspect = (role: "admin" | "viewer") =>
      tools.invoke({
        actor: tools.actor(organization, role),
        name: "inspect_installation",
        input: {},
        source: "terminal",
      });
    const facts = (await inspect("admin")).output as Installation;
    expect(facts.version).toMatch(/^\d+\.\d+/);
    expect(facts.sizeBytes).toBeGreaterThan(1_000_000);
    expect(facts.extensions.map(({ name }) => name)).toEqual(["timescaledb", "vector"]);
    expect(Math.abs(Date.parse(facts.databaseNow) - Date.now())).toBeLessThan(60_000);
    await expect(inspect("viewer")).rejects.toMatchObject({ code: "forbidden" });
  });
});

test.each([
  [100, "embedded", "ok", null],
  [850_000, "embedded", "warn", "DATABASE_URL"],
  [50_000_000, "server", "ok", null],
] as const)("%i rows on %s: %s", (rows, engine, state, advice) => {
  const finding = judgeDatabase({ version: "17.5", sizeBytes: 50_000_000 }, engine, rows);
  expect(finding.state).toBe(state);
  if (advice) expect(finding.advice).toContain(advice);
  else expect(finding.advice).toBeNull();
});

test("an extension that the server has but does not use is told with how to use it", () => {
  const one = (installed: string | null, available: string | null) =>
    judgeExtensions({ extensions: [{ name: "vector", installed, available }] }, "server")[0]!;
  expect(one("0.8", "0.8")).toMatchObject({ says: "vector 0.8", advice: null });
  expect(one(null, "0.8").advice).toContain("create extension vector");
  expect(one(null, null)).toMatchObject({ says: "no vector", means: expect.stringContaining("full text") });
});

test.each([
  ["2026-10-04T08:00:00Z", "ok", "2026-10-04T08:00Z"],
  ["2026-10-02T08:00:00Z", "warn", "3 days old"],
  ["2026-09-01T08:00:00Z", "warn", "34 days old"],
] as const)("prices of %s: %s", (pricesReadAt, state, says) => {
  const [finding] = judgePrices({ ...times, pricesReadAt });
  expect(finding).toMatchObject({ area: "data", state, says: expect.stringContaining(says) });
  if (says.startsWith("34")) expect(finding?.means).toContain("not used any more");
});

test("without any price there is nothing to say", () => {
  expect(judgePrices({ ...times, pricesReadAt: null })).toEqual([]);
});

test("clocks that differ warn, then fail; a moved business clock is only said", () => {
  expect(judgeClock(times, at).state).toBe("ok");
  expect(judgeClock({ ...times, databaseNow: "2026-10-05T09:30:20Z" }, at).state).toBe("warn");
  expect(judgeClock({ ...times, databaseNow: "2026-10-05T09:40:00Z" }, at).state).toBe("fail");
  expect(judgeClock(times, new Date("2026-10-05T09:40:00Z")).state).toBe("fail");
  expect(judgeClock({ ...times, businessNow: "2025-10-05T09:30:00Z" }, at)).toMatchObject({
    state: "ok",
    means: expect.stringContaining("CLOUDOPTIMA_NOW"),
  });
});

test("a data folder that others may enter is a warning with its command", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "co-files-"));
  try {
    // How full this machine's disk is, is its own affair.
    const files = () => checkFiles(dataDir).filter(({ area }) => area === "files");
    expect(files().map(({ state }) => state)).toEqual(["ok", "ok"]);
    chmodSync(dataDir, 0o755);
    expect(files()[0]).toMatchObject({ state: "warn", advice: `chmod 700 ${dataDir}` });
    expect(checkFiles(join(dataDir, "absent"))[0]).toMatchObject({ state: "warn" });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
