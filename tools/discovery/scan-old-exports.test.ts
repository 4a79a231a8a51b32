import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { classicHeader, classicRow } from "../costs/exports/testing/charges.ts";
import { writeRun } from "../costs/exports/testing/write-run.ts";
import { createLoadingTenant } from "../costs/load/testing.ts";
import { scanExports } from "./scan-exports.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "co-old-exports-"));
  vi.stubEnv("CLOUDOPTIMA_COST_EXPORTS", root);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describeOneEngine("server", "exports of months that are kept no longer", (engine) => {
  it("are left alone, unless the organization keeps all its data", async () => {
    const { ctx, connectionId, organization } = await createLoadingTenant(engine.database());
    // It is 20 November 2026: costs of billing periods that ended by 20 October 2025 are removed.
    for (const [month, days] of [
      ["202509", "30"],
      ["202510", "31"],
    ] as const) {
      for (const kind of ["ActualCost", "AmortizedCost"] as const) {
        const day = `${month.slice(0, 4)}-${month.slice(4)}-01`;
        await writeRun(join(root, "contoso"), {
          export: kind,
          kind,
          span: `${month}01-${month}${days}`,
          run: "r",
          submitted: "2025-11-05T04:00:00Z",
          parts: [{ header: classicHeader, rows: [classicRow({ day, cost: "1" })] }],
        });
      }
    }
    const connection = {
      id: connectionId,
      name: "Test",
      settings: { costSource: { kind: "folder", folder: "contoso" } },
    };
    const scan = async () => {
      const loaded: number[] = [];
      await scanExports(ctx, connection, {
        onMonth: () => undefined,
        onLoaded: ({ rowCount }) => loaded.push(rowCount),
        attempt: (work) => work(),
      });
      return loaded;
    };
    expect(await scan()).toEqual([2]);
    const { pool } = engine.database();
    await pool.query("update organizations set retention_exempt = true where id = $1", [organization.id]);
    expect(await scan()).toEqual([2]);
  });
});
