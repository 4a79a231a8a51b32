import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { createDatabase } from "../client.ts";
import { migrate } from "../migrate.ts";
import { makeMigratedFiles } from "./migrated-files.ts";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the server's migrated template database, signed in as an ordinary (not super) user. */
    serverTemplateUrl: string;
    /** Folder of a migrated embedded database that nobody has open. */
    embeddedTemplateDir: string;
  }
}

const raise = (error: Error) => {
  throw error;
};

/** Makes one migrated template per engine for the whole run; each suite copies it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const templates = await mkdtemp(join(tmpdir(), "co-template-"));
  const embeddedTemplateDir = join(templates, "migrated");
  const [server] = await Promise.all([startServerTemplate(), makeMigratedFiles(embeddedTemplateDir)]);
  project.provide("serverTemplateUrl", server.url);
  project.provide("embeddedTemplateDir", embeddedTemplateDir);
  return async () => {
    await server.stop();
    await rm(templates, { recursive: true, force: true });
  };
}

async function startServerTemplate(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = await startPostgresServer();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  // Like a managed server's login: it may make roles and databases, and row-level security binds it.
  await admin.query("create role product login createrole createdb password 'product'");
  await admin.query("create database template_product owner product");
  await admin.end();

  const url = new URL(server.url);
  url.username = "product";
  url.password = "product";
  url.pathname = "/template_product";
  const database = createDatabase({ engine: "server", connectionString: url.href, onError: raise });
  await migrate(database);
  await database.close();
  return { url: url.href, stop: server.stop };
}
