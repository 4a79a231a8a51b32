import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { openStaging, type Staging } from "./staging.ts";

const endless = "select sum(hash(range))::varchar as sum from range(1000000000000)";

describe("openStaging", () => {
  const open: Staging[] = [];
  const opened = async () => {
    const staging = await openStaging();
    open.push(staging);
    return staging;
  };
  afterEach(async () => {
    for (const staging of open.splice(0)) await staging.close();
  });

  it("answers the rows of the last statement, in the order of the questions", async () => {
    const staging = await opened();
    const made = staging.run(
      "create table numbers as select range as n from range(3); drop table if exists none",
    );
    const read = staging.rows("select n::varchar as n from numbers order by n");
    await made;
    expect(await read).toEqual([{ n: "0" }, { n: "1" }, { n: "2" }]);
  });

  it("keeps null and text of appended rows apart", async () => {
    const staging = await opened();
    await staging.run("create table texts (a varchar, b varchar)");
    await staging.append("texts", [
      ["é\u0001'", null],
      ["", "NULL"],
    ]);
    expect(await staging.rows("select * from texts")).toEqual([
      { a: "é\u0001'", b: null },
      { a: "", b: "NULL" },
    ]);
  });

  it("fails with DuckDB's own words and goes on", async () => {
    const staging = await opened();
    await expect(staging.rows("select error('broken')")).rejects.toThrow(/^Invalid Input Error: broken$/);
    await expect(staging.run("select nothing")).rejects.toThrow(/^Binder Error: /);
    expect(await staging.rows("select 'on' as went")).toEqual([{ went: "on" }]);
  });

  it("answers another load while a query runs, and ends that query when interrupted", async () => {
    const busy = await opened();
    const running = busy.rows(endless).then(
      () => "answered",
      (cause: Error) => cause.message,
    );
    const other = await opened();
    expect(await other.rows("select 'answered' as other")).toEqual([{ other: "answered" }]);
    busy.interrupt();
    expect(await running).toMatch(/^INTERRUPT Error/);
    await expect(busy.rows("select 1")).rejects.toThrow(/^INTERRUPT Error/);
    expect(await other.rows("select 'still' as other")).toEqual([{ other: "still" }]);
  });

  it("starts empty each time, and uninterrupted", async () => {
    const first = await openStaging();
    await first.run("create table leftover as select 1 as one");
    first.interrupt();
    await first.close();
    const second = await opened();
    await expect(second.rows("select * from leftover")).rejects.toThrow(/^Catalog Error/);
  });

  it("has a private folder until it is closed", async () => {
    const staging = await openStaging();
    expect((await stat(staging.directory)).mode & 0o077).toBe(0);
    await staging.close();
    expect(existsSync(staging.directory)).toBe(false);
  });

  // Elsewhere a thread has no priority of its own.
  it.runIf(process.platform === "linux")("runs queries in threads that yield to all others", async () => {
    const staging = await opened();
    await staging.run("create table numbers as select range as n from range(5000000)");
    const before = processorTime();
    await staging.rows("select max(md5(n::varchar)) as most from numbers");
    const busy = Object.entries(processorTime())
      .map(([thread, { ticks, nice }]) => ({ ticks: ticks - (before[thread]?.ticks ?? 0), nice }))
      .toSorted((left, right) => right.ticks - left.ticks)
      .slice(0, Math.min(2, availableParallelism()));
    expect(busy.every(({ nice, ticks }) => ticks > 0 && nice > 0)).toBe(true);
  });
});

/** Clock ticks and priority of each thread of this process. */
function processorTime(): Record<string, { ticks: number; nice: number }> {
  return Object.fromEntries(
    readdirSync("/proc/self/task").map((thread) => {
      const line = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
      // After the name in parentheses: the state, then numbers; 14 and 15 of the manual are the times, 19 nice.
      const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
      return [thread, { ticks: Number(fields[11]) + Number(fields[12]), nice: Number(fields[16]) }];
    }),
  );
}
