import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Database } from "./client.ts";
import { openEmbedded } from "./embedded.ts";

let filesDir: string;
let database: Database;
const failures: Error[] = [];

const open = () => openEmbedded({ filesDir, onError: (error) => failures.push(error) });

beforeAll(async () => {
  filesDir = await mkdtemp(join(tmpdir(), "co-embedded-"));
  await cp(inject("embeddedTemplateDir"), filesDir, { recursive: true });
  database = await open();
});
afterAll(async () => {
  await database.close();
  await rm(filesDir, { recursive: true, force: true });
});

describe("the embedded database", () => {
  it("gives each of a hundred large concurrent requests its own rows", async () => {
    const large = Array.from({ length: 100 }, (_, index) => `${index}:${"x".repeat(200_000)}`);
    const answers = await Promise.all(
      large.map(async (text) => {
        const client = await database.pool.connect();
        try {
          await client.query("begin");
          const { rows } = await client.query("select $1::text as text, length($1) as length", [text]);
          await client.query("commit");
          return rows[0];
        } finally {
          client.release();
        }
      }),
    );
    expect(answers).toEqual(large.map((text) => ({ text, length: text.length })));
  });

  it("leaves the event loop free while a heavy statement runs", async () => {
    // The statement ends only because this thread saw it run and answered; on this thread it would wait in vain.
    const statement = database.pool.query(`
      do $$
      declare
        started text := current_setting('data_directory') || '/started';
        patience timestamptz := clock_timestamp() + interval '30 s';
      begin
        execute format('copy (select 1) to %L', started);
        while pg_stat_file('released', true) is null loop
          if clock_timestamp() > patience then raise exception 'nobody answered'; end if;
        end loop;
      end $$`);
    const answered = expect
      .poll(() => existsSync(join(filesDir, "started")), { timeout: 20_000 })
      .toBe(true)
      .then(() => writeFile(join(filesDir, "released"), ""));
    await Promise.all([statement, answered]);
  });

  it("keeps what was committed, and knows vectors", async () => {
    await database.pool.query("create table kept (value text)");
    await database.pool.query("insert into kept values ('here')");
    await database.close();
    database = await open();
    expect((await database.pool.query("select value from kept")).rows).toEqual([{ value: "here" }]);
    await database.pool.query("create extension if not exists vector");
    const { rows } = await database.pool.query("select '[1,2]'::vector <-> '[1,4]'::vector as distance");
    expect(rows).toEqual([{ distance: 2 }]);
  });

  it("lets nobody else in: a private folder, and one connection", async () => {
    await database.pool.query("select 1");
    const mine = database.pool.options.host!;
    expect((await stat(mine)).mode & 0o777).toBe(0o700);
    const second = connect(join(mine, ".s.PGSQL.5432"));
    const ended = await new Promise((resolve) => {
      second.on("close", () => resolve("closed")).on("error", () => {});
      second.resume();
    });
    expect(ended).toBe("closed");
    expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    expect(failures).toEqual([]);
  });
});
