import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { addConnection, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { makePlace } from "@cloudoptima/db/testing/database-place.ts";
import { openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "../access/system-actor.ts";
import { generateTenant } from "../clouds/sandbox/generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "../clouds/sandbox/start-sandbox.ts";
import { randomInteger } from "../clouds/sandbox/tenant/random.ts";
import { makeTruth } from "../clouds/sandbox/truth.ts";
import type { CostBreakdown } from "../costs/cost-shapes.ts";
import { classicHeader, classicRow, subscriptions } from "../costs/exports/testing/charges.ts";
import { writeRun } from "../costs/exports/testing/write-run.ts";
import { generateFocus } from "../costs/import/generate-focus.ts";
import { removeSupersededCosts } from "../costs/load/remove-superseded-costs.ts";
import {
  type DeliveryStates,
  readDeliveryStates,
  readLeftRows,
  sumFocusFile,
} from "../costs/load/testing-states.ts";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { runAndKill } from "./testing/run-and-kill.ts";
import { runSeed } from "./testing/run-seed.ts";

const estate = { seed: "costs kill -9", resources: 50, days: 12 };
/** Before and after the days that are loaded while the process is killed. */
const times = { old: "2026-10-05T09:30:00Z", new: "2026-10-09T09:30:00Z" } as const;
type When = keyof typeof times;
const generated = generateTenant({ ...estate, now: Temporal.Instant.from(times.old) });

const sources = ["query", "csv", "parquet"] as const;
type Source = (typeof sources)[number];

let when: When = "old";
let sandbox: RunningSandbox;
let exportsDir: string;
beforeAll(async () => {
  exportsDir = await mkdtemp(join(tmpdir(), "co-kill-exports-"));
  const now = () => Temporal.Instant.from(times[when]);
  // Pages of 50 rows, so that a month has many.
  sandbox = await startSandbox({
    ...estate,
    tenant: generated.tenant,
    now,
    quotas: "raised",
    costPageSize: 50,
  });
});
afterAll(async () => {
  await sandbox?.close();
  await rm(exportsDir, { recursive: true, force: true });
});

/** August as Cost Management exports it, actual and amortized in two parts each; the sum of each. */
async function writeClassicRuns(folder: string, run: When) {
  const rowCount = run === "old" ? 900 : 1_300;
  const amount = (row: number, kind: string) =>
    decimal(randomInteger(-2_000, 9_000_000, "classic", run, kind, String(row)))
      .dividedBy(100_000)
      .toFixed();
  const sums: Record<string, string> = {};
  for (const kind of ["ActualCost", "AmortizedCost"] as const) {
    const costs = Array.from({ length: rowCount }, (_, row) => amount(row, kind));
    const rows = costs.map((cost, row) =>
      classicRow({
        day: `2026-08-${String(1 + (row % 31)).padStart(2, "0")}`,
        cost,
        vm: `vm-${row % 40}`,
        subscription: row % 3 === 0 ? subscriptions.data : subscriptions.web,
      }),
    );
    const half = Math.floor(rowCount / 2);
    await writeRun(join(exportsDir, folder), {
      export: kind,
      kind,
      span: "20260801-20260831",
      run,
      submitted: times[run],
      scope: "/providers/Microsoft.Billing/billingAccounts/b-1",
      parts: [
        { header: classicHeader, rows: rows.slice(0, half) },
        { header: classicHeader, rows: rows.slice(half) },
      ],
    });
    sums[kind] = sumDecimals(costs).toFixed();
  }
  return { billed: sums.ActualCost!, effective: sums.AmortizedCost! };
}

/** The same month of other accounts as FOCUS Parquet, without a manifest. */
async function writeFocusRun(folder: string, run: When) {
  const place = join(exportsDir, folder, "focus-cost/20260801-20260831", run);
  await mkdir(place, { recursive: true });
  const path = join(place, "part_0_0001.parquet");
  const rows = run === "old" ? 1_500 : 2_500;
  await generateFocus({ path, rows, seed: rows, firstMonth: "2026-08-01" });
  return sumFocusFile(path);
}

/** What the sandbox charged until then, by its own book. */
function queriedSums(run: When) {
  const { months } = makeTruth(generated.tenant, generated.plants, Temporal.Instant.from(times[run])).totals;
  return {
    billed: sumDecimals(months.map(({ actual }) => actual)).toFixed(),
    effective: sumDecimals(months.map(({ amortized }) => amortized)).toFixed(),
  };
}

/** Each delivery is as it was or as it became, and does not go back. */
function mustBeOldOrNew(moments: readonly DeliveryStates[]) {
  const [old, now] = [moments[0]!, moments.at(-1)!];
  const text = (states: DeliveryStates, key: string) => JSON.stringify(states.get(key) ?? null);
  for (const key of now.keys()) {
    const told = moments.map((states) => text(states, key));
    const became = told.indexOf(text(now, key));
    const expected = told.map((_, index) => (index < became ? text(old, key) : text(now, key)));
    expect(told, key).toEqual(expected);
  }
  for (const states of moments) expect([...now.keys()]).toEqual(expect.arrayContaining([...states.keys()]));
}

describe.each(["server", "embedded"] as const)(
  `a process that is killed while it loads costs (%s, TEST_SEED=${runSeed})`,
  (engine) => {
    let place: Awaited<ReturnType<typeof makePlace>>;
    beforeAll(async () => {
      place = await makePlace(engine);
    });
    afterAll(() => place?.remove());

    /** Opens the database for as long as the work takes: no two processes may have the embedded one open. */
    async function opened<Result>(work: (tools: TestTools) => Promise<Result>): Promise<Result> {
      const database = await openPlace(place.place);
      try {
        return await work(createTestTools({ database, now: times[when] }));
      } finally {
        await database.close();
      }
    }

    // Five processes that load in turn.
    test("from queries, CSV and Parquet exports is gone on with: all is there once, and never half of it", {
      timeout: 600_000,
    }, async () => {
      when = "old";
      const folders = { csv: `${engine}/csv`, parquet: `${engine}/parquet` };
      const expected = async (run: When): Promise<Record<Source, { billed: string; effective: string }>> => ({
        query: queriedSums(run),
        csv: await writeClassicRuns(folders.csv, run),
        parquet: await writeFocusRun(folders.parquet, run),
      });
      const ids: Record<Source, string> = { query: randomUUID(), csv: randomUUID(), parquet: randomUUID() };
      const sourceOf = new Map(sources.map((source) => [ids[source], source]));
      const organization = await opened(async (tools) => {
        const added = await tools.createOrganization("Contoso");
        for (const source of sources) {
          const settings =
            source === "query" ? {} : { costSource: { kind: "folder", folder: folders[source] } };
          const connection = { id: ids[source], organizationId: added.id, name: source, settings };
          await tools
            .context(systemActor(added))
            .write((transaction) =>
              addConnection(transaction, { ...connection, kind: "sandbox", provider: "azure" }),
            );
        }
        return added;
      });
      const states = () => opened((tools) => readDeliveryStates(tools.context(systemActor(organization))));
      const job = () => ({
        place: place.place,
        organization,
        connectionId: ids.query,
        now: times[when],
        access: { ...sandbox, quotas: "raised" as const },
        costsOf: Object.values(ids),
        exportsDir,
      });
      /** What others see while the process lives; what the product answers then is what is there. */
      const watch = (process: Promise<unknown>) =>
        opened(async (tools) => {
          const ctx = tools.context(systemActor(organization));
          const moments: DeliveryStates[] = [];
          let answerCount = 0;
          const ended = process.then(() => "ended");
          while ((await Promise.race([ended, delay(5)])) !== "ended") {
            const before = await readDeliveryStates(ctx);
            const answer = await tools.invoke({
              actor: tools.actor(organization),
              name: "get_cost_breakdown",
              input: {
                period: { start: "2026-08-01", end: "2026-11-01" },
                groupBy: "subscription",
                top: 100,
              },
              source: "web",
            });
            const after = await readDeliveryStates(ctx);
            moments.push(before, after);
            if (!isDeepStrictEqual(before, after)) continue;
            const { total, rows } = answer.output as CostBreakdown;
            const sum = sumDecimals([...after.values()].map(({ effective }) => effective)).toFixed();
            expect(total).toEqual([{ currency: "USD", value: sum }]);
            expect(sumDecimals(rows.map(({ amount }) => amount.value)).toFixed()).toBe(sum);
            answerCount++;
          }
          expect(answerCount).toBeGreaterThan(0);
          return moments;
        });
      /** The sums of each source, over its deliveries. */
      const sumsOf = (found: DeliveryStates) =>
        Object.fromEntries(
          sources.map((source) => {
            const own = [...found.values()].filter(({ connectionId }) => connectionId === ids[source]);
            const sum = (kind: "billed" | "effective") => sumDecimals(own.map((one) => one[kind])).toFixed();
            return [source, { billed: sum("billed"), effective: sum("effective") }];
          }),
        );

      // What was loaded before the trouble, and how often it takes a source to write.
      const oldSums = await expected("old");
      const writeCounts: Record<Source, number> = { query: 0, csv: 0, parquet: 0 };
      const first = await runAndKill(job(), {
        onWrite: (_, __, what) => void writeCounts[sourceOf.get(what)!]++,
      });
      expect(first).toMatchObject({ code: 0, errors: "" });
      const old = await states();
      expect(sumsOf(old)).toEqual(oldSums);

      when = "new";
      const newSums = await expected("new");
      const seen: DeliveryStates[] = [];
      for (const source of sources) {
        // The first write takes the lease.
        const at = randomInteger(2, writeCounts[source], runSeed, engine, source);
        const afterMs = randomInteger(0, 15, runSeed, engine, source, "after");
        const dying = runAndKill({ ...job(), kill: { atWrite: at, of: ids[source], afterMs } });
        if (engine === "server") seen.push(...(await watch(dying)));
        expect(await dying, `${source}, write ${at} of ${writeCounts[source]}`).toMatchObject({
          signal: "SIGKILL",
          errors: "",
        });
        seen.push(await states());
      }
      const last = runAndKill(job());
      if (engine === "server") seen.push(...(await watch(last)));
      expect(await last).toMatchObject({ code: 0, errors: "" });

      await opened(async (tools) => {
        const ctx = tools.context(systemActor(organization));
        const now = await readDeliveryStates(ctx);
        expect(sumsOf(now)).toEqual(newSums);
        mustBeOldOrNew([old, ...seen, now]);
        for (const { name, settings } of await ctx.read(listConnections)) {
          expect(settings.scanLease, name).toBeUndefined();
        }
        await removeSupersededCosts(ctx, { atStart: true });
        expect(await readLeftRows(ctx)).toEqual({});
        expect(await readDeliveryStates(ctx)).toEqual(now);
      });
    });
  },
);
