import { mkdtemp, readFile, rename, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine, describeOneEngine, type TestEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppError } from "../../kernel/errors.ts";
import { createLoadingTenant, visibleTotals } from "../load/testing.ts";
import { findExports } from "./find-exports.ts";
import { findRuns } from "./find-runs.ts";
import { folderFiles } from "./folder-files.ts";
import { loadMonth } from "./load-month.ts";
import { parseManifest } from "./manifest.ts";
import { classicHeader, october } from "./testing/charges.ts";
import { type WrittenRun, writeRun } from "./testing/write-run.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "co-damaged-"));
});
afterAll(() => rm(root, { recursive: true }));

const span = "20261001-20261031";
const pair = ["ActualCost", "AmortizedCost"] as const;

function runOf(kind: (typeof pair)[number], changes: Partial<WrittenRun> = {}): WrittenRun {
  const rows = kind === "ActualCost" ? october.actual : october.amortized;
  return {
    export: kind === "ActualCost" ? "actual" : "amortized",
    kind,
    span,
    run: "r1",
    submitted: "2026-11-01T04:00:00Z",
    scope: "/providers/Microsoft.Billing/billingAccounts/b-1",
    parts: [
      { header: classicHeader, rows: rows.slice(0, 2) },
      { header: classicHeader, rows: rows.slice(2) },
    ],
    ...changes,
  };
}

let count = 0;

function exportsOf(engine: TestEngine) {
  async function newTenant() {
    const tenant = await createLoadingTenant(engine.database());
    const folder = `${engine.name}-${count++}`;
    return {
      folder: join(root, folder),
      write: (changes: Partial<WrittenRun> = {}) =>
        Promise.all(pair.map((kind) => writeRun(join(root, folder), runOf(kind, changes)))),
      async load() {
        const files = await folderFiles(root, folder);
        const [month] = await findExports(files, tenant.ctx);
        return loadMonth(tenant.ctx, tenant.connectionId, files, month!);
      },
      total: async () =>
        (await visibleTotals(tenant.ctx)).cost_data.map(({ billed, effective }) => [billed, effective]),
    };
  }
  return { newTenant };
}

const whole = [[october.billed, october.effective]];

// What is refused is refused before the database sees a row.
describeOneEngine("server", "exports that were damaged on their way", (engine) => {
  const { newTenant } = exportsOf(engine);

  /** What a load of a newer run says that was spoilt, while what was loaded before stays. */
  async function refusalOf(
    spoil: (folder: string, manifest: Record<string, unknown>) => unknown,
    changes: Partial<WrittenRun> = {},
  ): Promise<string> {
    const tenant = await newTenant();
    await tenant.write();
    await tenant.load();
    const later = { run: "r2", submitted: "2026-11-02T04:00:00Z", ...changes };
    const [folder] = await tenant.write(later);
    const path = join(folder!, "manifest.json");
    const manifest = JSON.parse(await readFile(path, "utf8"));
    await spoil(folder!, manifest);
    await writeFile(path, JSON.stringify(manifest));
    const refused = await tenant.load().then(
      (loaded) => `loaded ${loaded.rowCount}`,
      (error: AppError) => `${error.code}: ${error.message}`,
    );
    expect(await tenant.total()).toEqual(whole);
    return refused;
  }
  type Blob = { blobName: string; byteCount?: number; dataRowCount?: number };
  const blobsOf = (manifest: Record<string, unknown>) => manifest.blobs as Blob[];

  it("is refused where the run's rows are fewer than it counts, though its files have no counts of their own", async () => {
    const refused = await refusalOf(async (folder, manifest) => {
      const part = join(folder, "part_0_0002.csv");
      const lines = (await readFile(part, "utf8")).split("\r\n");
      await writeFile(part, [...lines.slice(0, -2), ""].join("\r\n"));
      manifest.byteCount = undefined;
      manifest.blobs = blobsOf(manifest).map(({ blobName }) => ({ blobName }));
    });
    expect(refused).toBe("invalid_input: Run r2 has 6 rows where its manifest says 7: it is not whole.");
  });

  it("is refused where a file with rows is called empty", async () => {
    const refused = await refusalOf((_folder, manifest) => {
      blobsOf(manifest)[1]!.dataRowCount = 0;
      manifest.dataRowCount = 2;
    });
    expect(refused).toMatch(/part_0_0002.csv has 5 rows where its manifest says 0/);
  });

  it("is refused where the manifest names no file, one elsewhere, or is there twice", async () => {
    const none = await refusalOf((_folder, manifest) => {
      Object.assign(manifest, { blobs: [], blobCount: 0, dataRowCount: 0 });
    });
    expect(none).toMatch(/names none of the files beside it, such as actual\/.*part_0_0001.csv/);
    for (const elsewhere of [
      "../../../secret.csv",
      "/etc/passwd",
      "https://evil.example/x.csv",
      "..\\x.csv",
      "",
    ]) {
      const name = await refusalOf((_folder, manifest) => {
        blobsOf(manifest)[1]!.blobName = elsewhere || " ";
      });
      expect(name).toMatch(/is missing/);
    }
    const twice = await refusalOf(async (folder, manifest) => {
      await writeFile(join(folder, "Manifest.json"), JSON.stringify({ ...manifest, dataRowCount: 1 }));
    });
    expect(twice).toMatch(/there are two manifests/);
  });

  it("is refused where compressed or columnar data is cut off", async () => {
    const gzip = await refusalOf(
      async (folder, manifest) => {
        const part = join(folder, "part_0_0002.csv.gz");
        await truncate(part, 60);
        manifest.byteCount = undefined;
        manifest.blobs = blobsOf(manifest).map(({ blobName }) => ({ blobName }));
      },
      { gzip: true },
    );
    expect(gzip).toMatch(/cut off|its gzip data/);
    const parquet = await refusalOf(async (folder, manifest) => {
      await writeFile(
        join(folder, "part_0_0001.csv"),
        Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(400)]),
      );
      manifest.byteCount = undefined;
      manifest.blobs = blobsOf(manifest).map(({ blobName }) => ({ blobName }));
    });
    expect(parquet).toMatch(/Parquet footer cannot be read/);
  });
});

describe("a folder whose files change while they are read", () => {
  const { signal } = new AbortController();
  const listed = async (name: string) => {
    const folder = await writeRun(join(root, name), runOf("ActualCost"));
    const files = await folderFiles(root, name);
    const all = await files.list(signal);
    return { files, part: all.find(({ path }) => path.endsWith("part_0_0001.csv"))!, folder };
  };

  it("says which one is gone, and which one was written anew though it is as large as before", async () => {
    const { files, part, folder } = await listed("changing");
    const target = join(root, "copy");
    await files.copy(part, target, signal);
    const reads = [() => files.copy(part, target, signal), () => files.readText(part, 10_000, signal)];
    const path = join(folder, "part_0_0001.csv");
    await writeFile(path, (await readFile(path, "utf8")).replace("12.5", "99.9"));
    await utimes(path, new Date(), new Date(part.modifiedAt.getTime() + 1_000));
    for (const read of reads) {
      await expect(read()).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining(part.path),
      });
    }
    await rm(path);
    for (const read of reads) {
      await expect(read()).rejects.toMatchObject({
        code: "not_found",
        message: expect.stringContaining(part.path),
      });
    }
  });

  it("says which link leads nowhere, for the list would not be whole", async () => {
    const { files, folder } = await listed("dangling");
    await symlink(join(folder, "nothing.csv"), join(folder, "part_0_0003.csv"));
    await expect(files.list(signal)).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringMatching(/part_0_0003\.csv is gone since it was listed, or links to nothing/),
    });
  });
});

describe("a manifest of a hostile hand", () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      path: `e/${span}/r/part_0_${index}.csv`,
      size: 1,
      modifiedAt: new Date("2026-11-01T04:00:00Z"),
    }));
  const manifestOf = (type: string, names: readonly string[]) =>
    parseManifest(
      "m",
      JSON.stringify({
        exportConfig: { exportName: "e", type },
        runInfo: { runId: "r", submittedTime: "2026-11-01T04:00:00Z" },
        blobs: names.map((blobName) => ({ blobName })),
      }),
    );
  const place = { path: `e/${span}/r/manifest.json`, size: 1, modifiedAt: new Date(0) };

  it("is of no kind that no export has, whatever the words mean to the language", () => {
    for (const type of ["constructor", "__proto__", "toString"]) {
      expect(findRuns([place, ...files(1)], new Map([[place.path, manifestOf(type, ["x"])]]))).toEqual([]);
    }
    const runId = (id: string) => () =>
      parseManifest(
        "m",
        JSON.stringify({
          ...manifestOf("FocusCost", []),
          runInfo: { runId: id, submittedTime: "2026-11-01T04:00:00Z" },
        }),
      );
    expect(runId("a\u0000b")).toThrow(/runInfo.runId: has control characters/);
    expect(runId("x".repeat(300))).toThrow(/runInfo.runId/);
  });

  it("that names tens of thousands of files is told in one sentence", () => {
    const all = files(40_000);
    const names = all.map(({ path }) => path.replace(".csv", ".gone.csv"));
    const [run] = findRuns([place, ...all], new Map([[place.path, manifestOf("FocusCost", names)]]));
    expect(run!.problem).toMatch(/part_0_0\.gone\.csv is missing; .*; and 39997 more/);
    expect(run!.problem!.length).toBeLessThan(500);
  });
});

describeEachEngine("runs out of order", (engine) => {
  const { newTenant } = exportsOf(engine);

  it("does not let an older run, left when a newer one is gone, take its place", async () => {
    const tenant = await newTenant();
    await tenant.write({
      submitted: "2026-10-20T04:00:00Z",
      parts: [{ header: classicHeader, rows: october.actual.slice(0, 1) }],
    });
    const newer = await tenant.write({ run: "r2", submitted: "2026-11-02T04:00:00Z" });
    await tenant.load();
    for (const folder of newer)
      await rename(folder, `${folder}-gone`).then(() => rm(`${folder}-gone`, { recursive: true }));
    await expect(tenant.load()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("came from a newer run, of 2026-11-02T04:00:00.000Z"),
    });
    expect(await tenant.total()).toEqual(whole);
    await tenant.write({ run: "r3", submitted: "2026-11-03T04:00:00Z" });
    expect(await tenant.load()).toMatchObject({ outcome: "loaded", rowCount: 13 });
  });

  it("does not take a run from the future, which would keep all later ones out", async () => {
    const tenant = await newTenant();
    await tenant.write({ run: "r9", submitted: "2031-01-01T00:00:00Z" });
    await expect(tenant.load()).rejects.toThrow(/run r9 of actual: it is of 2031-01-01T00:00:00.000Z/);
    const unmarked = await newTenant();
    const folders = await unmarked.write();
    for (const folder of folders) {
      await rm(join(folder, "manifest.json"));
      const future = new Date("2031-01-01T00:00:00Z");
      for (const part of ["part_0_0001.csv", "part_0_0002.csv"])
        await utimes(join(folder, part), future, future);
    }
    await expect(unmarked.load()).rejects.toThrow(/still to come: a clock is wrong/);
  });

  it("reads what is unchanged once, also where a subscription is kept that it no longer has", async () => {
    const tenant = await newTenant();
    await tenant.write();
    await tenant.load();
    const smaller = [october.actual[0]!];
    const parts = [{ header: classicHeader, rows: smaller }];
    await tenant.write({ run: "r2", submitted: "2026-11-02T04:00:00Z", parts });
    const kept = { keptSubscriptions: ["0b0b0b0b-0000-4000-8000-000000000002"] };
    expect(await tenant.load()).toMatchObject({ outcome: "loaded", ...kept });
    expect(await tenant.load()).toMatchObject({ outcome: "already_read", ...kept });
  });
});

describe("a folder that is no month", () => {
  it("is said, not failed at", async () => {
    const folder = join(root, "no-month");
    await writeRun(folder, runOf("ActualCost", { kind: "FocusCost", span: "20261301-20261331" }));
    const files = await folderFiles(root, "no-month");
    const context = {
      signal: new AbortController().signal,
      now: () => Temporal.Instant.from("2026-11-20T12:00:00Z"),
      realNow: () => new Date(),
    };
    expect((await findExports(files, context)).map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/20261301-20261331 is no calendar month/),
    ]);
  });
});
