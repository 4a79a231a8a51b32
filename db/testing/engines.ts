import { randomUUID } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { createDatabase, type Database } from "../client.ts";
import { openEmbedded } from "../embedded.ts";

export interface TestEngine {
  name: "embedded" | "server";
  /** A fresh migrated database of this suite; only inside tests and hooks. */
  database(): Database;
}

const raise = (error: Error) => {
  throw error;
};

/** Runs a suite on the embedded engine and on a real PostgreSQL server; neither is ever skipped. */
export function describeEachEngine(name: string, suite: (engine: TestEngine) => void): void {
  const engines = { embedded: openEmbeddedCopy, server: openServerCopy };
  describe.each(Object.entries(engines))(`${name} (%s)`, (engineName, open) => {
    let opened: Awaited<ReturnType<typeof open>> | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.remove());
    suite({
      name: engineName as TestEngine["name"],
      database() {
        if (!opened) throw new Error("The database opens in beforeAll: ask for it inside a test or hook.");
        return opened.database;
      },
    });
  });
}

async function openEmbeddedCopy() {
  const filesDir = await mkdtemp(join(tmpdir(), "co-test-"));
  await cp(inject("embeddedTemplateDir"), filesDir, { recursive: true });
  const database = await openEmbedded({ filesDir, onError: raise });
  return {
    database,
    async remove() {
      await database.close();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

async function openServerCopy() {
  const template = new URL(inject("serverTemplateUrl"));
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await runAdmin(template, `create database ${name} template ${template.pathname.slice(1)}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  const database = createDatabase({ engine: "server", connectionString: url.href, max: 5, onError: raise });
  return {
    database,
    async remove() {
      await database.close();
      await runAdmin(template, `drop database ${name} with (force)`);
    },
  };
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
