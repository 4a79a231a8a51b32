import type { ConnectionRow, LastScan } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import type { AzureCloudName } from "../clouds/azure/azure-clouds.ts";
import { CostSource, costSourceOf } from "./cost-source.ts";

/** The fixed list of Azure clouds; a connection chooses one and never names an address. */
const azureCloudNames = [
  "AzureCloud",
  "AzureUSGovernment",
  "AzureChinaCloud",
] as const satisfies readonly AzureCloudName[];

export const ConnectionName = z.string().trim().min(1).max(80);
export const AzureCloud = z
  .enum(azureCloudNames)
  .describe("AzureCloud: public; AzureUSGovernment; AzureChinaCloud (operated by 21Vianet)");
export const Identity = z
  .enum(["service_principal", "host"])
  .describe(
    "service_principal: tenant, client and secret of its own; host: the managed identity or default credential of the machine, for the organization that the operator names",
  );
/** It becomes part of the sign-in's address: an id or a domain name, nothing else. */
export const TenantId = z
  .string()
  .trim()
  .regex(/^[0-9a-z][0-9a-z.-]{2,126}$/i, "must be a directory (tenant) id or its domain name");
export const ClientId = z.guid(
  "must be an application (client) id, e.g. 00000000-0000-0000-0000-000000000000",
);
export const ClientSecret = z
  .string()
  .min(1)
  .max(1000)
  .describe("The secret's value; kept encrypted and never shown again");

const Shortcoming = z.object({
  subscriptionName: z.string().nullable(),
  stage: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});

/** A connection as everybody in the organization may see it. There is no secret in it. */
export const Connection = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["azure", "sandbox", "focus"]),
  provider: z.string(),
  status: z.enum(["active", "error", "disconnected"]),
  identity: Identity.nullable().describe("Null for a sandbox and for files"),
  azureCloud: AzureCloud.nullable(),
  tenantId: z.string().nullable(),
  clientId: z.string().nullable(),
  costSource: CostSource.describe(
    "query: the cloud's API; folder and container: exports that it writes there",
  ),
  hasCredentials: z.boolean().describe("Whether a secret is kept for it"),
  lastScan: z.string().nullable().describe("ISO time"),
  lastScanResult: z
    .object({
      at: z.string().describe("ISO time"),
      status: z.enum(["done", "partial", "failed"]),
      failures: z.array(Shortcoming),
      notGranted: z
        .array(Shortcoming)
        .optional()
        .describe("What the identity was never let do, so that nothing is known of it; no failure"),
    })
    .nullable()
    .describe("How the last scan ended, also one that failed"),
  scanning: z.string().nullable().describe("Id of the scan that runs now"),
  subscriptionCount: z.number().int(),
  createdAt: z.string().describe("ISO time"),
  disconnectedAt: z.string().nullable().describe("ISO time; what was read before stays"),
});
export type Connection = z.infer<typeof Connection>;

export function describeConnection(row: ConnectionRow, scanning: string | null): Connection {
  const { id, name, kind, provider, status, identity, azureCloud, tenantId, clientId, hasCredentials } = row;
  return {
    id,
    name,
    kind,
    provider,
    status,
    identity,
    azureCloud,
    tenantId,
    clientId,
    costSource: costSourceOf(row),
    hasCredentials,
    lastScan: row.lastSync?.toISOString() ?? null,
    lastScanResult: (row.settings.lastScan as LastScan | undefined) ?? null,
    scanning,
    subscriptionCount: Object.keys((row.settings.subscriptions as object | undefined) ?? {}).length,
    createdAt: row.createdAt.toISOString(),
    disconnectedAt: row.disconnectedAt?.toISOString() ?? null,
  };
}
