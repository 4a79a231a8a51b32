import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createDatabase, withTenant } from "@cloudoptima/db/client.ts";
import { addConnection, markConnection } from "@cloudoptima/db/queries/connections.ts";
import { createServerDatabase } from "@cloudoptima/db/testing/engines.ts";
import { openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { contoso, seedOrganizations } from "./access/seed-organizations.ts";
import { systemActor } from "./access/system-actor.ts";
import { createConnectCloud } from "./clouds/connect.ts";
import { startSandboxThread } from "./clouds/sandbox-thread.ts";
import { decideProposal } from "./decide.ts";
import { sandboxName } from "./demo/load-demo-data.ts";
import { scanInventory } from "./discovery/scan-inventory.ts";
import type { Actor } from "./kernel/actor.ts";
import { openProduct } from "./product.ts";
import type { ProposalResult } from "./remediation/propose-all.ts";
import { signedIn } from "./remediation/testing/gate-world.ts";
import { createTestTools } from "./testing/test-tools.ts";

const auditKey = "the key that all hosts of a database share";
const patienceMs = 120_000;
const now = "2026-11-01T09:00:00Z";
let dataDir: string;
let server: { url: string; remove(): Promise<void> };
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "co-worker-"));
  server = await createServerDatabase(inject("serverTemplateUrl"));
  await readInventory();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await server.remove();
  await rm(dataDir, { recursive: true, force: true });
});

/** Of the demo's estate what changes are proposed of: its year of costs and metrics is no matter here. */
async function readInventory(): Promise<void> {
  const database = await openPlace({ url: server.url });
  const sandbox = await startSandboxThread(Temporal.Instant.from(now));
  try {
    await seedOrganizations(database, true);
    const connectCloud = createConnectCloud({ sandbox: () => sandbox });
    const ctx = createTestTools({ database, now, connectCloud }).context(systemActor(contoso));
    const connectionId = ctx.newId();
    const connection = { id: connectionId, organizationId: contoso.id, name: sandboxName, settings: {} };
    await ctx.write((transaction) =>
      addConnection(transaction, { ...connection, kind: "sandbox", provider: "azure" }),
    );
    const cloud = await ctx.cloud(connectionId);
    for (const { id: subscriptionId } of await cloud.subscriptions(ctx.signal)) {
      await scanInventory(ctx, cloud, { connectionId, subscriptionId, mode: "full", onFound() {} });
    }
    await ctx.write((transaction) => markConnection(transaction, connectionId, "active", new Date(now)));
  } finally {
    await sandbox.close();
    await database.close();
  }
}

const env = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH ?? "",
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
  CLOUDOPTIMA_DATA_DIR: dataDir,
  CLOUDOPTIMA_NOW: now,
  CLOUDOPTIMA_AUDIT_KEY: auditKey,
  ...more,
});

/** `npm run worker`, up to its line. */
async function startWorker(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start-worker.ts")], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const started = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once("line", resolve),
  );
  return {
    ended,
    firstLine: await Promise.race([started, ended.then((code) => `ended with ${code}: ${stderr}`)]),
    end() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

describe("npm run worker", () => {
  it("says why it cannot start without a database server", async () => {
    const { firstLine } = await startWorker(env());
    expect(firstLine).toBe(
      "ended with 1: A worker needs a database server: DATABASE_URL is not set. The embedded database has one process, which does this work itself: npm start is enough.\n",
    );
  });

  it("shares approved plans with a web and another worker, each done once, and goes on when the web has ended", async () => {
    const environment = env({ DATABASE_URL: server.url });
    const web = await openProduct({
      env: environment,
      needOwner: true,
      waitForData: true,
      logLevel: "error",
    });
    const workers = await Promise.all([startWorker(environment), startWorker(environment)]);
    expect(workers.map(({ firstLine }) => firstLine)).toEqual(
      Array(2).fill(expect.stringMatching(/^CloudOptima worker: /)),
    );
    const database = createDatabase({
      engine: "server",
      connectionString: server.url,
      max: 2,
      onError: () => {},
    });
    try {
      const operator = await web.service.localActor("local", "Contoso");
      const { organizationId } = operator;
      const people = await web.owner().people.demoPeople(organizationId);
      const as = (role: string): Actor => {
        const { id: userId, name } = people.find((person) => person.role === role)!;
        return { ...operator, userId, name, role: role as Actor["role"], via: "session" };
      };
      const call = async <Output>(name: string, input: object) =>
        (await web.service.invoke({ actor: as("member"), name, input, source: "web" })).output as Output;
      const { rows } = await call<{ rows: { id: string }[] }>("search_resources", {
        type: "VM",
        status: "running",
        resourceGroup: "rg-dev",
        limit: 8,
      });
      const plans: ProposalResult["proposals"] = [];
      for (const { id } of rows) {
        plans.push(
          ...(await call<ProposalResult>("propose_change", { change: "stop_vm", resources: [id] })).proposals,
        );
      }
      const approvable = plans.filter((plan) => plan.requiredApprovers === 1);
      expect(approvable.length).toBeGreaterThan(3);
      const last = approvable.pop()!;
      await Promise.all(
        approvable.map(({ id: proposalId, planHash }) =>
          web.owner().decide(as("admin"), signedIn, { proposalId, planHash, decision: "approve" }, "web"),
        ),
      );
      await untilCompleted(approvable.map(({ id }) => id));
      await web.service.close();

      // Nobody is left but the workers.
      await decideProposal(
        {
          database,
          audit: async () => undefined,
          realNow: () => new Date(),
          isSandbox: async () => true,
          decided() {},
        },
        as("admin"),
        signedIn,
        { proposalId: last.id, planHash: last.planHash, decision: "approve" },
        "web",
      );
      await untilCompleted([last.id]);

      const steps = await read((transaction) =>
        transaction
          .selectFrom("remediation_journal")
          .select(({ fn }) => ["action_id", "state", fn.countAll<string>().as("count")])
          .groupBy(["action_id", "state"])
          .execute(),
      );
      expect(steps.filter(({ state }) => state === "submitted").map(({ count }) => count)).toEqual(
        Array(approvable.length + 1).fill("1"),
      );
      expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual([0, 0]);

      function read<Result>(work: Parameters<typeof withTenant<Result>>[3]): Promise<Result> {
        return withTenant(database, organizationId, { access: "read" }, work);
      }
      async function untilCompleted(ids: readonly string[]) {
        const deadline = performance.now() + patienceMs;
        const completed = ids.map((id) => ({ id, status: "completed" }));
        for (;;) {
          const found = await read((transaction) =>
            transaction
              .selectFrom("remediation_actions")
              .select(["id", "status"])
              .where("id", "in", [...ids])
              .execute(),
          );
          if (found.every(({ status }) => status === "completed") || performance.now() > deadline) {
            expect(found).toEqual(expect.arrayContaining(completed));
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
    } finally {
      await web.service.close();
      await database.close();
    }
  }, 300_000);
});
