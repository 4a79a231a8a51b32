import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database, withTenant } from "@cloudoptima/db/client.ts";
import { addPeople } from "@cloudoptima/db/queries/organizations.ts";
import { createServerDatabase } from "@cloudoptima/db/testing/engines.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createSessions, type Sessions } from "./session.ts";
import { type SessionVariables, withSession } from "./with-session.ts";

let dataDir: string;
let server: { url: string; remove(): Promise<void> };
let service: ToolService;
let sessions: Sessions;
let database: Database;
let removing = false;
let organizationId: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "co-with-session-"));
  server = await createServerDatabase(inject("serverTemplateUrl"));
  const env = {
    NODE_ENV: "test" as const,
    CLOUDOPTIMA_DATA_DIR: dataDir,
    CLOUDOPTIMA_DEMO: "0",
    DATABASE_URL: server.url,
  };
  service = await openToolService({ env, needOwner: true, logLevel: "error" });
  sessions = createSessions(dataDir, false);
  // What another process does to the people while the web runs.
  database = createDatabase({
    engine: "server",
    connectionString: server.url,
    max: 1,
    onError: (error) => {
      if (!removing) throw error;
    },
  });
  organizationId = (await service.organizations())[0]!.id;
});
afterAll(async () => {
  removing = true;
  await database.close();
  await service.close();
  await server.remove();
  await rm(dataDir, { recursive: true, force: true });
});

const inOrganization = (work: Parameters<typeof withTenant<void>>[3]) =>
  withTenant(database, organizationId, { access: "write" }, work);

/** Adds an admin beside the first one; returns their id and who the web takes their cookie for. */
async function signInSecondAdmin(email: string) {
  const id = crypto.randomUUID();
  await inOrganization((transaction) =>
    addPeople(transaction, [
      { id, organization_id: organizationId, email, name: "Second Admin", role: "admin" },
    ]),
  );
  const cookie = (await sessions.start({ userId: id, organizationId })).split(";")[0]!;
  return { id, whoAmI: () => whoIs(cookie) };
}

async function whoIs(cookie: string): Promise<Actor | null> {
  const app = new Hono<SessionVariables>();
  app.use("*", withSession({ service, sessions }));
  app.get("/", (context) => context.json(context.get("actor")));
  return (await app.request("/", { headers: { Cookie: cookie } })).json();
}

describe("withSession", () => {
  test("takes each session for its own person, not for the organization's first admin", async () => {
    const { id, whoAmI } = await signInSecondAdmin("own@contoso.example");
    expect(await whoAmI()).toMatchObject({
      userId: id,
      name: "Second Admin",
      organizationId,
      role: "admin",
      via: "session",
    });
  });

  test("lets a demotion count at once", async () => {
    const { id, whoAmI } = await signInSecondAdmin("demoted@contoso.example");
    expect(await whoAmI()).toMatchObject({ userId: id, role: "admin" });
    await inOrganization(async (transaction) => {
      await transaction.updateTable("users").set({ role: "viewer" }).where("id", "=", id).execute();
    });
    expect(await whoAmI()).toMatchObject({ userId: id, role: "viewer" });
  });

  test("signs a removed person out", async () => {
    const { id, whoAmI } = await signInSecondAdmin("removed@contoso.example");
    expect(await whoAmI()).toMatchObject({ userId: id });
    await inOrganization(async (transaction) => {
      await transaction.deleteFrom("users").where("id", "=", id).execute();
    });
    expect(await whoAmI()).toBeNull();
  });

  test("is nobody in an organization that is not the person's, or is gone", async () => {
    const { userId } = await service.localActor("local");
    const elsewhere = await sessions.start({ userId, organizationId: crypto.randomUUID() });
    expect(await whoIs(elsewhere.split(";")[0]!)).toBeNull();
  });
});
