import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openToolService } from "../service/open-service.ts";
import type { ToolService } from "../service/service.ts";
import { startServiceProcess } from "../testing/service-process.ts";

const now = "2026-10-14T09:00:00Z";
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "co-demo-"));
  await putDatabase(dataDir);
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const open = (demoNow = now) =>
  openToolService({
    env: { CLOUDOPTIMA_DATA_DIR: dataDir, CLOUDOPTIMA_NOW: demoNow, LOG_LEVEL: "error" },
    needOwner: true,
  });

async function call(service: ToolService, organization: string, name: string, input: object) {
  const actor = await service.localActor("local", organization);
  return (await service.invoke({ actor, name, input, source: "terminal" })).output;
}

const month = (start: string, end: string) => ({ period: { start, end }, groupBy: "service" });

describe("the demo data of a first start", () => {
  it("answers while it loads, survives a kill in the middle, and is whole after the next start", async () => {
    const first = await startServiceProcess(dataDir, "lasting", {
      CLOUDOPTIMA_DEMO: "1",
      CLOUDOPTIMA_NOW: now,
    });
    // The newest month lands first; as soon as it answers, the process is killed in the middle of the rest.
    const october = () => first.invoke("get_cost_breakdown", month("2026-10-01", "2026-10-14"), "Contoso");
    await expect.poll(async () => (await october()).output, { timeout: 120_000 }).toBeDefined();
    await first.kill("SIGKILL");

    const service = await open();
    await service.dataReady();
    const sample = await call(service, "SunBird", "get_cost_breakdown", month("2024-09-01", "2024-10-01"));
    expect(sample.rowCount).toBeGreaterThan(0);
    for (const [start, end] of [
      ["2025-10-01", "2025-11-01"],
      ["2026-09-01", "2026-10-01"],
    ] as const) {
      const spent = await call(service, "Contoso", "get_cost_breakdown", month(start, end));
      expect(spent.rowCount, start).toBeGreaterThan(1000);
    }
    const found = await call(service, "Contoso", "list_recommendations", {});
    expect(found).not.toMatchObject({ recommendations: [] });
    await service.close();
  }, 300_000);

  it("loads nothing twice, and rolls forward with the business clock", async () => {
    const again = await open();
    const progress: string[] = [];
    await again.dataReady((report) => progress.push(report.message));
    expect(progress).toEqual([]);
    await again.close();

    const later = await open("2026-10-16T09:00:00Z");
    await later.dataReady();
    const freshness = await call(later, "Contoso", "get_data_freshness", {});
    expect(JSON.stringify(freshness)).toContain("2026-10-15");
    await later.close();
  }, 300_000);
});
