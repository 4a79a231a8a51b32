import { randomUUID } from "node:crypto";
import { readCredentials } from "@cloudoptima/db/queries/connection-credentials.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import type { Connection } from "./connection-shapes.ts";
import { createCredentialVault } from "./credentials/credential-vault.ts";
import { makeKeyRing } from "./credentials/key-ring.ts";
import type { ConnectionTest } from "./test-shapes.ts";
import { type ConnectionWorld, openConnectionWorld } from "./testing/connection-world.ts";

const firstKey = "the first key of this installation";
const secondKey = "the second key of this installation";
const secret = "S3cret~value-that-must-never-appear";
const invented = {
  tenantId: "contoso.example",
  clientId: "11111111-2222-4333-8444-555555555555",
  clientSecret: secret,
};

describeEachEngine("connection operations", (engine) => {
  let world: ConnectionWorld;
  let keys = [firstKey];
  const told: string[] = [];
  beforeAll(async () => {
    const vault = createCredentialVault(() => makeKeyRing("environment", keys));
    world = await openConnectionWorld(engine.database(), vault);
  });
  afterAll(() => world?.close());

  /** Calls and keeps the answer, or the failure's words, for the hunt for secrets below. */
  async function call<Output = Record<string, unknown>>(
    name: string,
    input: Record<string, unknown> = {},
    actor?: Actor,
  ): Promise<Output> {
    try {
      const output = await world.call<Output>(name, input, actor);
      told.push(JSON.stringify(output));
      return output;
    } catch (error) {
      const { message, hint, details } = error as { message: string; hint?: string; details?: unknown };
      told.push(JSON.stringify({ message, hint, details }));
      throw error;
    }
  }
  const create = (more: Record<string, unknown> = {}) =>
    call<Connection>("create_connection", { name: `C ${randomUUID()}`, ...world.principal(), ...more });
  const envelopeOf = (id: string) =>
    world.tools.context(world.admin).read((transaction) => readCredentials(transaction, id));
  const check = (id: string) => call<ConnectionTest>("test_connection", { id });

  test("a service principal is added, listed, shown, renamed and removed, its secret never shown", async () => {
    const added = await create({ name: "Production", ...invented, azureCloud: "AzureUSGovernment" });
    expect(added).toMatchObject({
      name: "Production",
      kind: "azure",
      identity: "service_principal",
      azureCloud: "AzureUSGovernment",
      tenantId: invented.tenantId,
      clientId: invented.clientId,
      hasCredentials: true,
      status: "active",
      lastScan: null,
    });
    const { connections } = await call<{ connections: Connection[] }>("list_connections");
    expect(connections).toContainEqual(added);
    expect(await call("update_connection", { id: added.id, name: "Prod" })).toMatchObject({ name: "Prod" });
    expect(await call("get_connection", { id: added.id })).toMatchObject({
      name: "Prod",
      hasCredentials: true,
    });
    expect(await call("delete_connection", { id: added.id })).toEqual({ outcome: "removed", name: "Prod" });
    await expect(call("get_connection", { id: added.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("what is missing, malformed or taken is refused in words", async () => {
    await expect(create({ clientSecret: undefined })).rejects.toMatchObject({
      message: "A service principal needs clientSecret.",
    });
    await expect(create({ tenantId: "evil.example/../x" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(create({ azureCloud: "https://evil.example" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(create({ endpoint: "https://evil.example" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(create({ identity: "host" })).rejects.toThrow("takes no tenant");
    await create({ name: "Twice" });
    await expect(create({ name: "Twice" })).rejects.toMatchObject({ code: "conflict" });
  });

  test("the host's own identity is for the organization that the operator names alone", async () => {
    const host = { name: "Host", identity: "host" };
    await expect(call("create_connection", host)).rejects.toMatchObject({
      code: "forbidden",
      hint: expect.stringContaining("CLOUDOPTIMA_AZURE_ORGANIZATION"),
    });
    vi.stubEnv("CLOUDOPTIMA_AZURE_ORGANIZATION", world.admin.organizationName);
    vi.stubEnv("AZURE_CLOUD", "AzureChinaCloud");
    try {
      expect(await call("create_connection", host)).toMatchObject({
        identity: "host",
        azureCloud: "AzureChinaCloud",
        hasCredentials: false,
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("only an admin in person writes; programs, other roles and assistants do not", async () => {
    const { id } = await create();
    const person = (role: Actor["role"], via: Actor["via"] = "session"): Actor => ({
      ...world.admin,
      role,
      via,
    });
    const writes: [string, Record<string, unknown>][] = [
      ["create_connection", { name: "Sneaked in", ...invented }],
      ["update_connection", { id, name: "Sneaked in" }],
      ["delete_connection", { id }],
    ];
    for (const [name, input] of writes) {
      for (const actor of [person("member"), person("viewer"), person("auditor")]) {
        await expect(call(name, input, actor), `${name} ${actor.role}`).rejects.toMatchObject({
          code: "forbidden",
        });
      }
      for (const via of ["api_key", "token", "local", "mcp"] as const) {
        await expect(call(name, input, person("admin", via)), `${name} ${via}`).rejects.toMatchObject({
          code: "forbidden",
        });
      }
      const byModel = world.tools.invoke({ actor: world.admin, name, input, source: "agent" });
      await expect(byModel, name).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(call("test_connection", { id }, person("member"))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(call("reencrypt_credentials", {}, person("admin", "api_key"))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(JSON.stringify(await call("list_connections"))).not.toContain("Sneaked in");
  });

  test("another organization's connection is as absent as one that never was", async () => {
    const { id } = await create();
    const stranger = world.tools.actor(await world.tools.createOrganization("Stranger"));
    for (const name of ["get_connection", "test_connection", "sync_connection", "delete_connection"]) {
      await expect(call(name, { id }, stranger), name).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(call("update_connection", { id, name: "Mine" }, stranger)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await call("list_connections", {}, stranger)).toEqual({ connections: [] });
    expect(await envelopeOf(id)).not.toBeNull();
  });

  test("tenant, client or cloud change only together with the secret", async () => {
    const { id } = await create();
    for (const change of [
      { tenantId: "evil.example" },
      { clientId: invented.clientId },
      { azureCloud: "AzureChinaCloud" },
    ]) {
      await expect(call("update_connection", { id, ...change })).rejects.toThrow("needs clientSecret");
    }
    // A changed column does not lead the secret elsewhere: what counts is inside the envelope.
    await world.tools
      .context(world.admin)
      .write((transaction) =>
        sql`update cloud_connections set tenant_id = 'evil.example' where id = ${id}`.execute(transaction),
      );
    expect((await check(id)).signIn.ok).toBe(true);
  });

  test("an envelope opens for its own connection and organization alone", async () => {
    const [one, other] = [await create(), await create(invented)];
    await world.tools.context(world.admin).write(async (transaction) => {
      const stolen = await readCredentials(transaction, one.id);
      await sql`update cloud_connections set credentials_encrypted = ${stolen} where id = ${other.id}`.execute(
        transaction,
      );
    });
    const tested = await check(other.id);
    expect(tested).toMatchObject({ state: "failed", signIn: { ok: false } });
    expect(tested.signIn.message).toContain("were changed or are not its own");
  });

  test("keys rotate while everything runs; a lost key is named and nothing is guessed", async () => {
    const { id } = await create();
    const under = await envelopeOf(id);
    keys = [secondKey, firstKey];
    expect((await check(id)).signIn.ok).toBe(true);
    const done = await call<{ reencryptedCount: number; failures: unknown[] }>("reencrypt_credentials");
    expect(done.reencryptedCount).toBeGreaterThan(0);
    expect(await envelopeOf(id)).not.toBe(under);
    keys = [secondKey];
    expect((await check(id)).signIn.ok).toBe(true);
    expect(await call("reencrypt_credentials")).toMatchObject({ reencryptedCount: 0 });
    keys = [firstKey];
    // The client that is open already goes on; a new one finds no key.
    await call("update_connection", { id, name: `Renamed ${id}` });
    const reseal = await call<{ failures: { message: string; hint: string }[] }>("reencrypt_credentials");
    expect(reseal.failures[0]).toMatchObject({
      message: expect.stringContaining("a key that this installation does not have"),
      hint: expect.stringContaining("CLOUDOPTIMA_CREDENTIALS_KEY"),
    });
    keys = [secondKey];
  });

  test("sync scans in the background; what was read stays when the connection is removed", async () => {
    const { id, name } = await create();
    const started = await call<{ scanId: string; started: boolean }>("sync_connection", { id });
    expect(started).toMatchObject({ status: "running", started: true });
    await vi.waitFor(
      async () => {
        expect((await call<Connection>("get_connection", { id })).lastScanResult).not.toBeNull();
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(await call("get_connection", { id })).toMatchObject({
      status: "active",
      scanning: null,
      lastScanResult: { status: "done", failures: [] },
      subscriptionCount: world.sandbox.subscriptionIds.length,
    });
    const resources = () => call<{ totalCount: number }>("search_resources");
    const { totalCount } = await resources();
    expect(totalCount).toBeGreaterThan(0);
    expect(await call("delete_connection", { id })).toEqual({ outcome: "disconnected", name });
    expect(await envelopeOf(id)).toBeNull();
    expect(await call("get_connection", { id })).toMatchObject({
      status: "disconnected",
      hasCredentials: false,
    });
    expect((await resources()).totalCount).toBe(totalCount);
    await expect(call("sync_connection", { id })).rejects.toMatchObject({ code: "conflict" });
    expect((await check(id)).signIn.message).toContain("was disconnected");
    await expect(call("update_connection", { id, reconnect: true })).rejects.toThrow("needs clientSecret");
    await call("update_connection", { id, clientSecret: world.principal().clientSecret });
    expect(await check(id)).toMatchObject({ signIn: { ok: true } });
  }, 90_000);

  test("a person of the demo connects something real only where an admin has a password", async () => {
    const demo: Actor = { ...world.admin, demo: true, signedInAt: new Date().toISOString() };
    const connect = () => call("create_connection", { name: `D ${randomUUID()}`, ...invented }, demo);
    await expect(connect()).rejects.toMatchObject({
      code: "conflict",
      hint: expect.stringContaining("CLOUDOPTIMA_DEMO=0"),
    });
    await expect(call("connect_azure", { name: "Sneaked in" }, demo)).rejects.toMatchObject({
      code: "conflict",
    });
    const adminWithPassword = async (byDemo: boolean) => {
      const user = randomUUID();
      const { pool } = engine.database();
      await pool.query(
        "insert into users (id, organization_id, email, name, role) values ($1, $2, $3, 'Ada', 'admin')",
        [user, world.admin.organizationId, `${user}@contoso.example`],
      );
      await pool.query(
        `insert into sign_in_accounts (id, user_id, account_id, provider_id, password, demo)
         values ($1, $2, $3, 'credential', 'hash', $4)`,
        [randomUUID(), user, user, byDemo],
      );
    };
    await adminWithPassword(true);
    await expect(connect()).rejects.toMatchObject({ code: "conflict" });
    await adminWithPassword(false);
    expect(await connect()).toMatchObject({ kind: "azure" });
  });

  test("no secret is in any answer, any failure, the log, the audit or the database", async () => {
    const secrets = [secret, world.principal().clientSecret, firstKey, secondKey];
    expect(told.length).toBeGreaterThan(50);
    const { rows } = await world.tools.context(world.admin).read((transaction) =>
      sql<{ row: string }>`select to_jsonb(c)::text as row from cloud_connections c
        union all select to_jsonb(a)::text from audit_log a`.execute(transaction),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.some(({ row }) => row.includes('"create_connection"'))).toBe(true);
    const everywhere = [...told, world.logged(), ...rows.map(({ row }) => row)].join("\n");
    for (const text of secrets) {
      expect(everywhere.includes(text)).toBe(false);
      expect(everywhere.includes(Buffer.from(text).toString("base64"))).toBe(false);
    }
  });
});
