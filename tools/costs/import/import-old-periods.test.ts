import { join } from "node:path";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, it } from "vitest";
import { createTestTools } from "../../testing/test-tools.ts";
import importFocus from "./import-focus.operation.ts";

const sample = join(import.meta.dirname, "../../../data/focus/focus_sample_1000.csv");

describeOneEngine("server", "an import of billing periods that are kept no longer", (engine) => {
  const importAt = async (now: string, keepsAll = false) => {
    const database = engine.database();
    const tools = createTestTools({
      database,
      now,
      realNow: () => new Date(now),
      definitions: [importFocus],
    });
    const organization = await tools.createOrganization();
    if (keepsAll) {
      await database.pool.query("update organizations set retention_exempt = true where id = $1", [
        organization.id,
      ]);
    }
    const actor = { ...tools.actor(organization), via: "local" as const };
    const request = { actor, name: "import_focus", input: { path: sample }, source: "terminal" as const };
    return (await tools.invoke(request)).output.note;
  };

  it("says that they will be removed, where they will", async () => {
    // The sample is of September and October 2024.
    expect(await importAt("2025-11-30T12:00:00Z")).toMatch(/up to 2024-09 will be removed within a day/);
    expect(await importAt("2026-11-30T12:00:00Z")).toMatch(/up to 2024-10 will be removed/);
    expect(await importAt("2025-10-30T12:00:00Z")).toBeNull();
    expect(await importAt("2026-11-30T12:00:00Z", true)).toBeNull();
  });
});
