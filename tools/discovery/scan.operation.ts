import { type ConnectionRow, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { readAzureEnv } from "../clouds/env.ts";
import { connectAzure } from "../connections/connect-azure.ts";
import { type Actor, personalWays } from "../kernel/actor.ts";
import type { WriteContext } from "../kernel/context.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { hasPermission } from "../kernel/permissions.ts";
import { scanAndJudge } from "./scan-and-judge.ts";
import { ConnectionScan } from "./scan-result.ts";

export default defineOperation({
  name: "scan",
  title: "Scan clouds",
  description:
    "Reads the inventory, costs and metrics of the connected clouds and renews the recommendations. Costs of months that may still be corrected are read again.",
  permission: "resources:scan",
  effect: "write",
  rest: "POST /discovery/scan",
  input: z.object({
    connectionName: z.string().optional().describe("Only this connection; default: every connected cloud"),
    mode: z
      .enum(["auto", "full", "incremental"])
      .default("auto")
      .describe(
        "auto: of the inventory what changed, and everything once a day; incremental: what changed for as long as the cloud keeps it",
      ),
  }),
  output: z.object({
    connections: z.array(ConnectionScan),
    recommendations: z.object({
      openCount: z.number().int(),
      newCount: z.number().int(),
      expiredCount: z.number().int(),
    }),
  }),
  async run(ctx, { connectionName, mode }) {
    const connections: ConnectionScan[] = [];
    const recommendations = { openCount: 0, newCount: 0, expiredCount: 0 };
    for (const connection of await chooseConnections(ctx, connectionName)) {
      const { result, renewed } = await scanAndJudge(ctx, { ...connection, mode });
      connections.push(result);
      recommendations.newCount += renewed.newIds.length;
      recommendations.expiredCount += renewed.fixedCount;
      recommendations.openCount = renewed.openCount;
    }
    failWhenNothingLanded(connections);
    return { connections, recommendations };
  },
});

async function chooseConnections(
  ctx: WriteContext,
  connectionName: string | undefined,
): Promise<ConnectionRow[]> {
  const all = await ctx.read(listConnections);
  if (connectionName !== undefined) {
    const wanted = connectionName.trim().toLowerCase();
    const found = all.find((connection) => connection.name.toLowerCase() === wanted);
    if (found) return [found];
    throw new AppError("not_found", `There is no connection named "${connectionName}".`, {
      hint:
        all.length > 0 ? `There are: ${all.map(({ name }) => name).join(", ")}.` : "Connect a cloud first.",
    });
  }
  const clouds = all.filter(
    (connection) => connection.kind !== "focus" && connection.status !== "disconnected",
  );
  if (clouds.length > 0) return clouds;
  if (mayConnect(ctx.actor) && readAzureEnv().servicePrincipal) {
    // The first scan after setting the variables: nobody should have to say twice which tenant is meant.
    const { connectionName: name } = await connectAzure(ctx, "Azure");
    return (await ctx.read(listConnections)).filter((connection) => connection.name === name);
  }
  throw new AppError("no_data", `${ctx.actor.organizationName} has no connected cloud to scan.`, {
    hint: "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET and scan as an admin (see README), or import a FOCUS file.",
  });
}

/** Programs scan what people, or the operator at the machine, have connected. */
function mayConnect({ role, via }: Actor): boolean {
  return hasPermission(role, "settings:manage") && (personalWays.has(via) || via === "local");
}

/** A partial scan is a result; one that brought nothing at all is an error. */
function failWhenNothingLanded(connections: readonly ConnectionScan[]): void {
  if (connections.some((connection) => connection.status !== "failed")) return;
  const failure = connections[0]?.failures[0];
  throw new AppError("unavailable", failure?.message ?? "The scan brought nothing.", {
    hint: failure?.hint ?? undefined,
    details: { failures: connections.flatMap((connection) => connection.failures) },
  });
}
