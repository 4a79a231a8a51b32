import { expect, it } from "vitest";
import { AppError } from "../../kernel/errors.ts";
import { chooseRuns } from "./choose-runs.ts";
import { findRuns } from "./find-runs.ts";
import { type ExportManifest, parseManifest } from "./manifest.ts";

const file = (path: string, modified = "2026-11-01T05:00:00Z") => ({
  path,
  size: 10,
  modifiedAt: new Date(modified),
});
const manifest = (
  kind: string,
  options: { run: string; submitted: string; scope?: string; parts?: string[]; rows?: number },
): ExportManifest =>
  parseManifest(
    "manifest.json",
    JSON.stringify({
      dataRowCount: options.rows,
      exportConfig: {
        exportName: "e",
        resourceId: `${options.scope ?? "/subscriptions/s"}/providers/Microsoft.CostManagement/exports/e`,
        type: kind,
      },
      runInfo: { runId: options.run, submittedTime: options.submitted },
      blobs: (options.parts ?? ["part_0_0001.csv"]).map((name) => ({
        blobName: `any/where/${name}`,
        byteCount: 10,
        dataRowCount: 1,
      })),
    }),
  );
const month = "20261001-20261031";

it("takes the newest run of each export, and the monthly export of a scope in place of its daily one", () => {
  const files = ["daily", "monthly"].flatMap((name) =>
    ["r1", "r2"].flatMap((run) => [
      file(`x/${name}/${month}/${run}/manifest.json`),
      file(`x/${name}/${month}/${run}/part_0_0001.csv`),
    ]),
  );
  const manifests = new Map([
    [
      `x/daily/${month}/r1/manifest.json`,
      manifest("FocusCost", { run: "d1", submitted: "2026-10-30T04:00:00Z" }),
    ],
    [
      `x/daily/${month}/r2/manifest.json`,
      manifest("FocusCost", { run: "d2", submitted: "2026-10-31T04:00:00" }),
    ],
    [
      `x/monthly/${month}/r1/manifest.json`,
      manifest("FocusCost", { run: "m1", submitted: "2026-11-05T04:00:00Z" }),
    ],
    [
      `x/monthly/${month}/r2/manifest.json`,
      manifest("PriceSheet", { run: "p", submitted: "2026-11-09T04:00:00Z" }),
    ],
  ]);
  const chosen = chooseRuns(findRuns(files, manifests));
  expect(chosen).toMatchObject([
    { month: "2026-10-01", problem: null, runs: [{ id: "m1", export: "x/monthly" }] },
  ]);
});

it("wants actual and amortized together, and prefers what is newer", () => {
  const run = (kind: string, name: string, submitted: string) =>
    [
      [file(`${name}/${month}/r/manifest.json`), file(`${name}/${month}/r/part_0_0001.csv`)],
      [`${name}/${month}/r/manifest.json`, manifest(kind, { run: name, submitted })],
    ] as const;
  const choose = (...runs: ReturnType<typeof run>[]) =>
    chooseRuns(
      findRuns(
        runs.flatMap(([files]) => files),
        new Map(runs.map(([, entry]) => entry)),
      ),
    )[0]!;
  const actual = run("ActualCost", "a", "2026-11-02T00:00:00Z");
  const amortized = run("AmortizedCost", "b", "2026-11-03T00:00:00Z");
  expect(choose(actual).problem).toMatch(/none of amortized/);
  expect(choose(actual, amortized)).toMatchObject({ problem: null, runs: [{ id: "a" }, { id: "b" }] });
  expect(choose(actual, amortized, run("FocusCost", "f", "2026-11-04T00:00:00Z")).runs).toMatchObject([
    { id: "f" },
  ]);
  expect(choose(actual, amortized, run("FocusCost", "f", "2026-10-04T00:00:00Z")).runs).toHaveLength(2);
});

it("leaves no scope out for a newer export of another kind that need not cover it", () => {
  const run = (kind: string, name: string, submitted: string, scope: string) =>
    [
      [file(`${name}/${month}/r/manifest.json`), file(`${name}/${month}/r/part_0_0001.csv`)],
      [`${name}/${month}/r/manifest.json`, manifest(kind, { run: name, submitted, scope })],
    ] as const;
  const problemOf = (pairScope: string, focusScope: string, focusDay: string) => {
    const runs = [
      run("ActualCost", "a", "2026-11-02T00:00:00Z", pairScope),
      run("AmortizedCost", "b", "2026-11-02T00:00:00Z", pairScope),
      run("FocusCost", "f", `2026-11-${focusDay}T00:00:00Z`, focusScope),
    ];
    const manifests = new Map(runs.map(([, entry]) => entry));
    return chooseRuns(
      findRuns(
        runs.flatMap(([files]) => [...files]),
        manifests,
      ),
    )[0]!.problem;
  };
  const account = "/providers/Microsoft.Billing/billingAccounts/1";
  for (const day of ["01", "03"]) {
    expect(problemOf("/subscriptions/s", "/subscriptions/S", day)).toBeNull();
    expect(problemOf("/subscriptions/one", "/subscriptions/two", day)).toMatch(
      /has the \w+ cost of \/subscriptions\/\w+, and \w, which is newer, is of something else/,
    );
  }
  expect(problemOf(`${account}/invoiceSections/i`, account, "03")).toBeNull();
  expect(problemOf(account, `${account}/invoiceSections/i`, "03")).toMatch(/a has the actual cost of .*\/1,/);
  expect(problemOf(account, "/subscriptions/s", "03")).toMatch(
    /a has the actual cost.*; b has the amortized cost/,
  );
});

it("says of a run that is half written what is missing, and does not fall back to an older one", () => {
  const older = [file(`e/${month}/r1/manifest.json`), file(`e/${month}/r1/part_0_0001.csv`)];
  const read = manifest("FocusCost", { run: "r1", submitted: "2026-10-30T04:00:00Z" });
  const problem = (files: ReturnType<typeof file>[], broken?: ExportManifest | AppError) =>
    chooseRuns(
      findRuns(
        [...older, ...files],
        new Map<string, ExportManifest | AppError>([
          [`e/${month}/r1/manifest.json`, read],
          ...(broken ? [[`e/${month}/r2/manifest.json`, broken] as const] : []),
        ]),
      ),
    )[0]!.problem;
  const part = file(`e/${month}/r2/part_0_0001.csv`);
  const marked = file(`e/${month}/r2/manifest.json`);
  const now = { run: "r2", submitted: "2026-10-31T04:00:00Z" };
  expect(problem([part])).toMatch(/run r2 of e has no manifest yet/);
  expect(problem([file(part.path, "2026-10-01T00:00:00Z")])).toBeNull();
  expect(problem([part, marked], new AppError("invalid_input", "cut off"))).toMatch(/not whole: cut off/);
  const two = manifest("FocusCost", { ...now, parts: ["part_0_0001.csv", "part_1_0001.csv"] });
  expect(problem([part, marked], two)).toMatch(/part_1_0001.csv is missing/);
  expect(problem([part, marked], manifest("FocusCost", { ...now, rows: 7 }))).toMatch(/counts 7 rows/);
  expect(problem([part, marked], { ...manifest("FocusCost", now), blobCount: 2 })).toMatch(/counts 2 files/);
  expect(problem([part, marked], manifest("FocusCost", now))).toBeNull();
});

it("reads exports without manifests: parts in order, or one file for each run", () => {
  const choose = (...paths: string[]) =>
    chooseRuns(
      findRuns(
        paths.map((path) => file(path)),
        new Map(),
      ),
    )[0]!;
  expect(
    choose(`focus/${month}/r/part_0_0001.parquet`, `focus/${month}/r/part_0_0002.parquet`),
  ).toMatchObject({
    problem: null,
    runs: [{ kind: null, parts: [{}, {}] }],
  });
  expect(choose(`focus/${month}/part_0_0001.csv`, `focus/${month}/part_0_0003.csv`).problem).toMatch(
    /0_2 is missing/,
  );
  expect(choose(`actual/${month}/actual_1.csv`, `amortized/${month}/x.csv`)).toMatchObject({
    problem: null,
    runs: [{ kind: "actual" }, { kind: "amortized" }],
  });
  expect(choose("focus/20261007-20261013/part_0_0001.csv").problem).toMatch(/no calendar month/);
  expect(findRuns([file("focus/other/part_0_0001.csv"), file("20261001-20261031.csv")], new Map())).toEqual(
    [],
  );
});

it("refuses a manifest that is none", () => {
  expect(() => parseManifest("m", '{"blobs": [')).toThrow(/cut off/);
  expect(() => parseManifest("m", '{"blobs": []}')).toThrow(/exportConfig/);
});
