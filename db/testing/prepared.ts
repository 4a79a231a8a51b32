import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type { Database } from "../client.ts";
import { openPlace } from "./open-place.ts";

/** What several suites begin with: put into a database once in a run, and copied with it for each of them. */
export interface Prepared {
  /** Tells it from all others of the run: whatever it is made of belongs in it. */
  name: string;
  fill(database: Database): Promise<void>;
}

/** The folder of an embedded database that nobody has open: migrated, and with what was prepared. */
export async function embeddedTemplate(prepared?: Prepared): Promise<string> {
  const migrated = inject("embeddedTemplateDir");
  if (!prepared) return migrated;
  const folder = join(dirname(migrated), identify(prepared));
  await once(prepared, async () => {
    if (existsSync(folder)) return;
    const filling = `${folder}-filling`;
    await rm(filling, { recursive: true, force: true });
    await cp(migrated, filling, { recursive: true });
    await fill(prepared, await openPlace({ filesDir: filling }));
    await rename(filling, folder);
  });
  return folder;
}

/** The URL of a server's template database: migrated, and with what was prepared. */
export async function serverTemplate(prepared?: Prepared): Promise<string> {
  const migrated = new URL(inject("serverTemplateUrl"));
  if (!prepared) return migrated.href;
  const url = new URL(migrated);
  url.pathname = `/${identify(prepared)}`;
  await once(prepared, async (admin) => {
    const name = identify(prepared);
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
    if (rowCount) return;
    const filling = new URL(migrated);
    filling.pathname = `/${name}_filling`;
    await admin.query(`drop database if exists ${name}_filling with (force)`);
    await admin.query(`create database ${name}_filling template ${migrated.pathname.slice(1)}`);
    await fill(prepared, await openPlace({ url: filling.href }));
    await admin.query(`alter database ${name}_filling rename to ${name}`);
  });
  return url.href;
}

const identify = ({ name }: Prepared) =>
  `prepared_${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;

async function fill(prepared: Prepared, database: Database): Promise<void> {
  try {
    await prepared.fill(database);
  } finally {
    await database.close();
  }
}

/** The workers of a run take turns: the first makes it, the others find it. */
async function once({ name }: Prepared, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(inject("serverTemplateUrl"));
  url.pathname = "/postgres";
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  try {
    await admin.query("select pg_advisory_lock(hashtextextended($1, 0))", [name]);
    await work(admin);
  } finally {
    await admin.end();
  }
}
