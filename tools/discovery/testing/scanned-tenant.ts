import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { listOrganizations } from "@cloudoptima/db/queries/organizations.ts";
import type { Prepared } from "@cloudoptima/db/testing/prepared.ts";
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
import { createTestTools, type TestOrganization, type TestTools } from "../../testing/test-tools.ts";
import type scan from "../scan.operation.ts";
import { addSandboxConnection } from "./add-sandbox-connection.ts";

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

export interface SandboxEstate {
  seed: string;
  resources: number;
  days: number;
  /** The business clock, ISO. */
  now: string;
  /** It writes cost exports of its own. */
  exports?: "focus" | "pair";
  /** Served in the place of the generated one. */
  tenant?: Tenant;
  /** Rows of a page of costs; Azure's unless given. */
  costPageSize?: number;
  /** The product's real clock. */
  realNow?: () => Date;
}

/** What connects an organization with its estate; plain rows, so a copy of the database has them too. */
interface Connected {
  organization: TestOrganization;
  connectionId: string;
}

/** A database that begins with the estate's organization, connected and scanned, for `rejoinSandboxTenant`. */
export function preparedScan(estate: SandboxEstate): Prepared {
  const { seed, resources, days, now, tenant } = estate;
  return {
    name: JSON.stringify(["scan", seed, resources, days, now, tenant?.resources.length ?? null]),
    async fill(database) {
      const scanned = await connectSandboxTenant(database, estate);
      await scanned.scan();
      await scanned.close();
    },
  };
}

/** A sandbox estate, an organization connected to it, and the whole product between them. Nothing is scanned yet. */
export function connectSandboxTenant(database: Database, estate: SandboxEstate): Promise<ScannedTenant> {
  return openTenant(database, estate, connect);
}

/** As `connectSandboxTenant`, with the organization that `preparedScan` left; null when there is none. */
export async function rejoinSandboxTenant(
  database: Database,
  estate: SandboxEstate,
): Promise<ScannedTenant | null> {
  const organization = (await listOrganizations(database)).find(({ name }) => name === nameOf(estate));
  if (!organization) return null;
  const [connection] = await withTenant(database, organization.id, { access: "read" }, listConnections);
  return openTenant(database, estate, async () => ({ organization, connectionId: connection!.id }));
}

const nameOf = ({ seed }: SandboxEstate) => `Estate ${seed}`;

async function connect(tools: TestTools, estate: SandboxEstate): Promise<Connected> {
  const organization = await tools.createOrganization(nameOf(estate));
  const ctx = tools.context(tools.actor(organization));
  const connectionId = await addSandboxConnection(ctx);
  return { organization, connectionId };
}

async function openTenant(
  database: Database,
  estate: SandboxEstate,
  open: (tools: TestTools, estate: SandboxEstate) => Promise<Connected>,
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
  const { organization, connectionId } = await open(tools, estate);
  const actor = tools.actor(organization);
  const ctx = tools.context(actor);
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
