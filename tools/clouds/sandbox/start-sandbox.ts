import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { AppError } from "../../kernel/errors.ts";
import type { ExportSet } from "./cost/cost-exports.ts";
import { findOversized } from "./cost/find-oversized.ts";
import { createLedger } from "./cost/ledger.ts";
import { createEstate, type Estate } from "./estate.ts";
import { generateTenant } from "./generate/generate-tenant.ts";
import type { Locks } from "./locks.ts";
import type { Permissions } from "./permissions.ts";
import { createCertificate } from "./server/certificate.ts";
import type { Sandbox, SandboxCredentials } from "./server/context.ts";
import { createApp } from "./server/create-app.ts";
import { createFaults, type Faults } from "./server/faults.ts";
import { createQuotas, type QuotaLevel } from "./server/quotas.ts";
import { createTokens } from "./server/tokens.ts";
import { stableUuid } from "./tenant/random.ts";
import type { Tenant } from "./tenant/tenant-schema.ts";

export interface SandboxOptions {
  /** An estate from a file; otherwise one is generated from seed, resources and days. */
  tenant?: Tenant;
  seed: string;
  resources: number;
  days: number;
  /** The business clock: data ends the day before it and rolls forward with it. */
  now: () => Temporal.Instant;
  /** "azure": the published limits. "raised": a thousand times them. */
  quotas: QuotaLevel;
  port?: number;
  /** The estate writes cost exports of its own, FOCUS or actual and amortized; absent: none. */
  exports?: ExportSet;
  /** Hears of each request (method aside: its path, lower case) before it is answered, and may keep it waiting. */
  onRequest?: (path: string) => void | Promise<void>;
  /** Rows of a page of costs; Azure's 5,000 unless given, so that a small estate has many pages. */
  costPageSize?: number;
}

export interface RunningSandbox {
  /** https://127.0.0.1:port for every endpoint: sign-in, Resource Manager, Monitor. */
  origin: string;
  /** PEM to trust, as tlsOptions.ca. */
  ca: string;
  tenantId: string;
  tenantName: string;
  credentials: SandboxCredentials;
  subscriptionIds: string[];
  faults: Faults;
  /** Management locks, to set and lift while it runs. */
  locks: Locks;
  /** What its identity may do, to take away while it runs. */
  permissions: Permissions;
  /** What somebody else does to it meanwhile: changes that no request of ours made. */
  estate: Pick<Estate, "resource" | "resources" | "put" | "delete">;
  /** For the /_sandbox/ routes, header x-sandbox-secret. */
  controlSecret: string;
  stats(): { requestCount: number; writeRequestCount: number };
  close(): Promise<void>;
}

/** Starts a local HTTPS server that speaks Azure's contracts, bound to loopback. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const tenant =
    options.tenant ??
    generateTenant({
      seed: options.seed,
      resources: options.resources,
      days: options.days,
      now: options.now(),
    }).tenant;
  const estate = createEstate(tenant, options.now);
  const ledger = createLedger(estate);
  if (options.tenant) refuseOversized(tenant, ledger.window());
  const credentials: SandboxCredentials = {
    tenantId: tenant.tenantId,
    clientId: stableUuid(tenant.seed, "client"),
    clientSecret: randomBytes(24).toString("base64url"),
  };
  const controlSecret = randomBytes(24).toString("base64url");
  let origin = "";
  const sandbox: Sandbox = {
    estate,
    ledger,
    tokens: createTokens({
      tenantId: credentials.tenantId,
      clientId: credentials.clientId,
      audiences: () => [
        "https://management.azure.com",
        "https://management.core.windows.net",
        "https://metrics.monitor.azure.com",
        "https://storage.azure.com",
        origin,
      ],
    }),
    quotas: createQuotas(options.quotas),
    faults: createFaults(),
    stats: { requestCount: 0, writeRequestCount: 0 },
    credentials,
    origin: () => origin,
    onRequest: options.onRequest ?? (() => undefined),
    costPageSize: options.costPageSize ?? 5_000,
  };
  const certificate = await createCertificate();
  const server = createAdaptorServer({
    fetch: createApp(sandbox, controlSecret, options.exports).fetch,
    createServer,
    serverOptions: certificate,
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening").catch((cause: unknown) => {
    throw new AppError("conflict", `The sandbox cannot listen on port ${options.port ?? 0} of 127.0.0.1.`, {
      hint: "Another program may use it: choose another --port, or leave it out for a free one.",
      cause,
    });
  });
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    ca: certificate.cert,
    tenantId: tenant.tenantId,
    tenantName: tenant.name,
    credentials,
    subscriptionIds: tenant.subscriptions.map((subscription) => subscription.id),
    faults: sandbox.faults,
    locks: estate.locks,
    permissions: estate.permissions,
    estate,
    controlSecret,
    stats: () => ({ ...sandbox.stats }),
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

function refuseOversized(tenant: Tenant, { first, last }: { first: number; last: number }): void {
  const found = findOversized(tenant, first, last);
  if (!found) return;
  const { at, what, hint } = found;
  throw new AppError("invalid_input", `The tenant is wrong at ${at}: ${what}.`, { hint });
}
