import { randomUUID } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { createDatabase, type Database } from "../client.ts";
import { openEmbedded } from "../embedded.ts";
import { keepCompiled } from "./keep-compiled.ts";
import { openTimescale } from "./open-timescale.ts";
import { embeddedTemplate, type Prepared, serverTemplate } from "./prepared.ts";

export interface TestEngine {
  name: "embedded" | "server" | "timescale";
  /** A fresh migrated database of this suite; only inside tests and hooks. */
  database(): Database;
}

/** What a suite is called; with `prepared`, its database begins with that instead of with nothing. */
export type SuiteName = string | { name: string; prepared: Prepared };

// Another worker may be at it: the suite then waits for the whole of it before its own copy.
const longestPreparationMs = 300_000;

const raise = (error: Error) => {
  throw error;
};

const engines = { embedded: openEmbeddedCopy, server: openServerCopy, timescale: () => openTimescale(raise) };

/** Runs a suite on the embedded engine and on a real PostgreSQL server; neither is ever skipped. */
export function describeEachEngine(name: SuiteName, suite: (engine: TestEngine) => void): void {
  describeEngines(["embedded", "server"], name, suite);
}

/** The same, and on TimescaleDB as well: for what reads and writes its hypertables. */
export function describeTimescaleToo(name: string, suite: (engine: TestEngine) => void): void {
  describeEngines(["embedded", "server", "timescale"], name, suite);
}

/**
 * Runs a heavy suite whose SQL other tests run on both engines on one of them: what it proves lies above the
 * database. With TEST_EVERY_ENGINE=1 it runs on both.
 */
export function describeOneEngine(
  engineName: TestEngine["name"],
  name: SuiteName,
  suite: (engine: TestEngine) => void,
): void {
  describeEngines(process.env.TEST_EVERY_ENGINE ? ["embedded", "server"] : [engineName], name, suite);
}

function describeEngines(
  names: readonly TestEngine["name"][],
  name: SuiteName,
  suite: (engine: TestEngine) => void,
): void {
  const { name: title, prepared } = typeof name === "string" ? { name } : name;
  describe.each(names)(`${title} (%s)`, (engineName) => {
    let opened: Awaited<ReturnType<(typeof engines)[typeof engineName]>> | undefined;
    beforeAll(
      async () => {
        opened = await engines[engineName](prepared);
      },
      prepared ? longestPreparationMs : undefined,
    );
    afterAll(() => opened?.remove());
    suite({
      name: engineName,
      database() {
        if (!opened) throw new Error("The database opens in beforeAll: ask for it inside a test or hook.");
        return opened.database;
      },
    });
  });
}

async function openEmbeddedCopy(prepared: Prepared | undefined) {
  await keepCompiled();
  const template = await embeddedTemplate(prepared);
  const filesDir = await mkdtemp(join(tmpdir(), "co-test-"));
  await cp(template, filesDir, { recursive: true });
  const database = await openEmbedded({ filesDir, onError: raise });
  return {
    database,
    async remove() {
      await database.close();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

async function openServerCopy(prepared: Prepared | undefined) {
  const { url, remove } = await createServerDatabase(await serverTemplate(prepared));
  let removing = false;
  const onError = (error: Error) => {
    // Dropping the database by force ends its last connections; only before that is it a fault.
    if (!removing) raise(error);
  };
  const database = createDatabase({ engine: "server", connectionString: url, max: 5, onError });
  return {
    database,
    async remove() {
      removing = true;
      await database.close();
      await remove();
    },
  };
}

/** A database of its own on the test server: a copy of the template, or an empty one that was never migrated. */
export async function createServerDatabase(
  templateUrl: string,
  { empty = false }: { empty?: boolean } = {},
): Promise<{ url: string; remove(): Promise<void> }> {
  const template = new URL(templateUrl);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const source = empty ? "template0" : template.pathname.slice(1);
  await runAdmin(template, `create database ${name} template ${source}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => runAdmin(template, `drop database ${name} with (force)`) };
}

async function runAdmin(template: URL, statement: string): Promise<void> {
  const url = new URL(template);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
