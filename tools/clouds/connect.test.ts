import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { addConnection, disconnectConnection, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { lockScanLease, writeScanLease } from "@cloudoptima/db/queries/scan-leases.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test, vi } from "vitest";
import { withScanLease } from "../discovery/scan-lease.ts";
import { createTestTools } from "../testing/test-tools.ts";
import { createConnectCloud } from "./connect.ts";
import { readAzureEnv } from "./env.ts";

const principal = { AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c", AZURE_CLIENT_SECRET: "s" };

describeEachEngine("connections", (engine) => {
  async function organization(name: string, environment: NodeJS.ProcessEnv) {
    const tools = createTestTools({
      database: engine.database(),
      now: "2026-10-05T09:30:00Z",
      connectCloud: createConnectCloud({ environment }),
    });
    const actor = tools.actor(await tools.createOrganization(name));
    const ctx = tools.context(actor);
    const connect = async (kind: "azure" | "sandbox" | "focus") => {
      const id = ctx.newId();
      const row = { id, organizationId: actor.organizationId, name: kind, kind, provider: "azure" as const };
      await ctx.write((transaction) => addConnection(transaction, { ...row, settings: {} }));
      return id;
    };
    return { tools, actor, ctx, connect };
  }

  test("the host's Azure identity serves only the organization that the operator names", async () => {
    const stranger = await organization("Stranger", principal);
    await expect(stranger.ctx.cloud(await stranger.connect("azure"))).rejects.toMatchObject({
      code: "forbidden",
      hint: expect.stringContaining("CLOUDOPTIMA_AZURE_ORGANIZATION"),
    });
    const named = await organization("Named", principal);
    const { organizationName } = named.actor;
    const owner = createTestTools({
      database: engine.database(),
      now: "2026-10-05T09:30:00Z",
      connectCloud: createConnectCloud({
        environment: { ...principal, CLOUDOPTIMA_AZURE_ORGANIZATION: organizationName },
      }),
    });
    const cloud = await owner.context(named.actor).cloud(await named.connect("azure"));
    expect(cloud).toHaveProperty("costs");
  });

  test("a connection that cannot be opened leaves nothing behind", async () => {
    const { tools, actor, ctx } = await organization("Refused", principal);
    const connecting = tools.invoke({ actor, name: "connect_azure", input: { name: "Prod" }, source: "web" });
    await expect(connecting).rejects.toMatchObject({ code: "forbidden" });
    expect(await ctx.read(listConnections)).toEqual([]);
  });

  test("a first scan connects the tenant of the environment, for an admin of the named organization only", async () => {
    for (const [name, value] of Object.entries(principal)) vi.stubEnv(name, value);
    try {
      const { tools, actor, ctx } = await organization("First scan", principal);
      const scan = (by: typeof actor) =>
        tools.invoke({ actor: by, name: "scan", input: {}, source: "terminal" });
      await expect(scan(actor)).rejects.toMatchObject({
        hint: expect.stringContaining("CLOUDOPTIMA_AZURE_ORGANIZATION"),
      });
      await expect(scan({ ...actor, role: "member" })).rejects.toMatchObject({ code: "no_data" });
      for (const via of ["api_key", "token"] as const) {
        await expect(scan({ ...actor, via }), via).rejects.toMatchObject({ code: "no_data" });
      }
      expect(await ctx.read(listConnections)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("files and absent sandboxes say what to do instead of scanning", async () => {
    const { ctx, connect } = await organization("Files", {});
    await expect(ctx.cloud(await connect("focus"))).rejects.toMatchObject({ code: "unsupported" });
    await expect(ctx.cloud(await connect("sandbox"))).rejects.toMatchObject({ code: "unavailable" });
    await expect(ctx.cloud(ctx.newId())).rejects.toMatchObject({ code: "not_found" });
  });

  test("a scan's lease is taken over from a dead process, not from a living one", async () => {
    const { ctx, connect } = await organization("Lease", {});
    const id = await connect("sandbox");
    const { hostname } = await import("node:os");
    const hold = (lease: { host: string; pid: number; until: string }) =>
      ctx.write((transaction) => writeScanLease(transaction, id, { scanId: "other", ...lease }));
    const run = () => withScanLease(ctx, { id, name: "x" }, async () => "ran");
    const later = new Date(Date.now() + 60_000).toISOString();

    await hold({ host: "elsewhere", pid: 1, until: later });
    await expect(run()).rejects.toMatchObject({ code: "conflict" });
    await hold({ host: "elsewhere", pid: 1, until: new Date(Date.now() - 1).toISOString() });
    expect(await run()).toBe("ran");
    await hold({ host: hostname(), pid: process.ppid, until: later });
    await expect(run()).rejects.toMatchObject({ code: "conflict" });
    // No process has this id: Linux's are at most 4,194,304.
    await hold({ host: hostname(), pid: 99_999_999, until: later });
    expect(await run()).toBe("ran");
    expect(await ctx.write((transaction) => lockScanLease(transaction, id))).toBeNull();
  });

  test("a failed scan gives its lease back", async () => {
    const { ctx, connect } = await organization("Failing", {});
    const id = await connect("sandbox");
    const failing = withScanLease(ctx, { id, name: "x" }, async () => {
      throw new Error("broken");
    });
    await expect(failing).rejects.toThrow("broken");
    expect(await withScanLease(ctx, { id, name: "x" }, async () => "ran")).toBe("ran");
  });

  test.each([
    ["somebody disconnected it", disconnectConnection],
    [
      "another process has its lease by now",
      async (transaction: TenantTransaction, id: string) => {
        await writeScanLease(transaction, id, {
          scanId: "other",
          host: "elsewhere",
          pid: 1,
          until: "2099-01-01",
        });
      },
    ],
  ])("a scan is stopped within seconds when %s, and leaves the lease as it is", async (what, end) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const { ctx, connect } = await organization(what, {});
      const id = await connect("sandbox");
      const leaseOf = () => ctx.write((transaction) => lockScanLease(transaction, id));
      const scanning = withScanLease(ctx, { id, name: "Web" }, async (signal) => {
        vi.advanceTimersByTime(20_000);
        await expect.poll(async () => (await leaseOf())?.scanId).not.toBe("other");
        expect(signal.aborted).toBe(false);
        await ctx.write((transaction) => end(transaction, id, new Date()));
        // A renewal may still be under way, and then the next is left out.
        await expect
          .poll(
            () => {
              vi.advanceTimersByTime(20_000);
              return signal.aborted;
            },
            { timeout: 10_000 },
          )
          .toBe(true);
        signal.throwIfAborted();
      });
      await expect(scanning).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("Web was disconnected, or is scanned by another process"),
      });
      expect((await leaseOf())?.scanId).toBe(what.startsWith("another") ? "other" : undefined);
    } finally {
      vi.useRealTimers();
    }
  });
});

test.each([
  [{ AZURE_CLOUD: "Mars" }, "AZURE_CLOUD must be one of"],
  [{ AZURE_CLIENT_SECRET: "s" }, "needs AZURE_TENANT_ID and AZURE_CLIENT_ID"],
])("a wrong environment %j says how to mend it", (environment, message) => {
  expect(() => readAzureEnv(environment)).toThrow(message);
});

test("without a secret the host's own identity is used", () => {
  expect(readAzureEnv({}).servicePrincipal).toBeNull();
  expect(readAzureEnv(principal)).toMatchObject({ cloud: "AzureCloud", servicePrincipal: { tenantId: "t" } });
});
