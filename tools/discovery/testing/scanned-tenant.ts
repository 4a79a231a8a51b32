import type { Database } from "@cloudoptima/db/client.ts";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import type { SandboxAccess } from "../../clouds/azure/sandbox-endpoint.ts";
import { virtualPace } from "../../clouds/azure/testing.ts";
import type { CloudRead } from "../../clouds/cloud.ts";
import type { CloudWrite } from "../../clouds/cloud-write.ts";
import { createConnectCloud } from "../../clouds/connect.ts";
import { createConnectWrite } from "../../clouds/connect-write.ts";
import { generateTenant } from "../../clouds/sandbox/generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "../../clouds/sandbox/start-sandbox.ts";
import type { Tenant } from "../../clouds/sandbox/tenant/tenant-schema.ts";
import { makeTruth } from "../../clouds/sandbox/truth.ts";
import type { Truth } from "../../clouds/sandbox/truth-schema.ts";
import type { Actor } from "../../kernel/actor.ts";
import { createTestTools, type TestTools } from "../../testing/test-tools.ts";
import type scan from "../scan.operation.ts";

export interface ScannedTenant {
  /** The running one; `serve` replaces it. */
  sandbox(): RunningSandbox;
  /** Stops the sandbox and starts one with another estate, as if the cloud had changed. */
  serve(tenant: Tenant): Promise<void>;
  generated: ReturnType<typeof generateTenant>;
  truth: Truth;
  tools: TestTools;
  actor: Actor;
  connectionId: string;
  /** Both halves of the cloud, as the worker opens them. */
  openCloud(): Promise<CloudRead & CloudWrite>;
  /** Moves the business clock of product and sandbox alike. */
  setNow(now: string): void;
  scan(): Promise<ScanOutput>;
  /** Calls a tool as the tenant's admin. */
  call<Output>(name: string, input?: Record<string, unknown>): Promise<Output>;
  close(): Promise<void>;
}

export type ScanOutput = Awaited<ReturnType<(typeof scan)["run"]>>;

/** A sandbox estate, an organization connected to it, and the whole product between them. Nothing is scanned yet. */
export async function connectSandboxTenant(
  database: Database,
  estate: {
    seed: string;
    resources: number;
    days: number;
    now: string;
    /** It writes cost exports of its own. */
    exports?: "focus" | "pair";
    /** Served in the place of the generated one. */
    tenant?: Tenant;
    /** The product's real clock. */
    realNow?: () => Date;
  },
): Promise<ScannedTenant> {
  let now = Temporal.Instant.from(estate.now);
  const clock = () => now;
  const generated = generateTenant({ ...estate, now });
  const start = (tenant: Tenant) => startSandbox({ ...estate, tenant, now: clock, quotas: "raised" });
  let sandbox = await start(estate.tenant ?? generated.tenant);
  // What a fault makes a client wait for takes no time; azure-cloud.test.ts checks how long it waits.
  const pace = virtualPace();
  const access = (): SandboxAccess => ({ ...sandbox, quotas: "raised", pace });
  const connectWrite = createConnectWrite({ sandbox: access });
  const tools = createTestTools({
    database,
    now: clock,
    ...(estate.realNow ? { realNow: estate.realNow } : {}),
    connectCloud: createConnectCloud({ sandbox: access }),
  });
  const organization = await tools.createOrganization(`Estate ${estate.seed}`);
  const actor = tools.actor(organization);
  const ctx = tools.context(actor);
  const connectionId = ctx.newId();
  await ctx.write((transaction) =>
    addConnection(transaction, {
      id: connectionId,
      organizationId: organization.id,
      name: "Sandbox",
      kind: "sandbox",
      provider: "azure",
      settings: {},
    }),
  );
  /** Between two scans: a service that the one before left alone is tried again by the next. */
  const passMinute = () => pace.sleep(60_000, ctx.signal);
  const call = async <Output>(name: string, input: Record<string, unknown> = {}) =>
    (await tools.invoke({ actor, name, input, source: "web" })).output as Output;
  return {
    sandbox: () => sandbox,
    async serve(tenant) {
      await sandbox.close();
      sandbox = await start(tenant);
    },
    generated,
    truth: makeTruth(generated.tenant, generated.plants, now),
    tools,
    actor,
    connectionId,
    openCloud: async () => ({
      ...(await ctx.cloud(connectionId)),
      ...(await connectWrite({ connectionId, read: ctx.read })),
    }),
    setNow(iso) {
      void passMinute();
      now = Temporal.Instant.from(iso);
    },
    async scan() {
      await passMinute();
      return call<ScanOutput>("scan");
    },
    call,
    close: () => sandbox.close(),
  };
}
