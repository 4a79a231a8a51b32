import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateFocus } from "@cloudoptima/tools/costs/import/generate-focus.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { InvokeResult } from "@cloudoptima/tools/kernel/invoke.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { closedAtEnd } from "./clean-up.ts";

/** The generated files end before this, and questions are asked on this day. */
const benchNow = "2026-10-14T09:00:00Z";
const firstMonth = "2025-10-01";

/** An empty organization in this process, on a database of its own. */
export interface BenchWorld {
  service: ToolService;
  actor: Actor;
  folder: string;
  /** Generates a FOCUS file of so many rows over 12 months; in every format the same rows. */
  generate(rows: number, format?: "csv" | "parquet"): Promise<string>;
  importFile(path: string): Promise<InvokeResult>;
  close(): Promise<void>;
}

export async function openBenchWorld(options: { databaseUrl?: string } = {}): Promise<BenchWorld> {
  const folder = await mkdtemp(join(tmpdir(), "co-bench-"));
  const service = await openToolService({
    env: {
      CLOUDOPTIMA_DATA_DIR: join(folder, "data"),
      CLOUDOPTIMA_NOW: benchNow,
      CLOUDOPTIMA_DEMO: "0",
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    },
    logLevel: "error",
  });
  const actor = await service.localActor("local");
  return {
    service,
    actor,
    folder,
    async generate(rows, format = "csv") {
      const path = join(folder, `focus-${rows}.${format}`);
      await generateFocus({ path, rows, seed: 1, firstMonth, months: 12 });
      return path;
    },
    importFile: (path) =>
      service.invoke({ actor, name: "import_focus", input: { path }, source: "terminal" }),
    close: closedAtEnd(async () => {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    }),
  };
}
