import type { Hono } from "hono";
import { z } from "zod";
import type { Estate } from "../estate.ts";
import { changeRows } from "../graph/change-rows.ts";
import { containerRows, resourceRows } from "../graph/rows.ts";
import { type GraphResult, runGraphQuery } from "../graph/run-query.ts";
import { isWithin } from "../locks.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox, SandboxContext } from "./context.ts";
import { createRecentResults } from "./recent-results.ts";

const maximumPageSize = 1000;

const GraphRequest = z.object({
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  query: z.string().min(1),
  options: z
    .object({
      $top: z.int().min(1).max(maximumPageSize).optional(),
      $skip: z.int().min(0).optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.enum(["objectArray", "table"]).optional(),
    })
    .optional(),
});

/** POST /providers/Microsoft.ResourceGraph/resources, 1,000 rows a page. */
export function addGraphRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const recent = createRecentResults<GraphResult>();

  app.post("/providers/microsoft.resourcegraph/resources", async (c) => {
    setQuotaHeaders(c, sandbox);
    const parsed = GraphRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw badRequest(`The request is invalid, ${issue.path.join(".") || "body"}: ${issue.message}.`);
    }
    const request = parsed.data;
    const hour = Math.floor(sandbox.estate.now().epochMilliseconds / 3_600_000);
    const ids = readableSubscriptions(sandbox, request.subscriptions);
    const { version, permissions } = sandbox.estate;
    const key = JSON.stringify([request.query, [...ids], version, permissions.version(), hour]);
    const { rows, pageable } = recent.get(key, () => run(sandbox, request.query, ids));
    const top = request.options?.$top ?? maximumPageSize;
    const skip = parseSkipToken(request.options?.$skipToken) ?? request.options?.$skip ?? 0;
    const repeats = c.get("operationFault")?.kind === "repeated_page";
    const start = repeats ? Math.max(0, skip - top) : skip;
    const page = rows.slice(start, start + top);
    const more = skip + top < rows.length;
    return c.json({
      totalRecords: rows.length,
      count: page.length,
      resultTruncated: more ? "true" : "false",
      ...(more && pageable ? { $skipToken: makeSkipToken(skip + top) } : {}),
      facets: [],
      data: request.options?.resultFormat === "table" ? asTable(page) : page,
    });
  });
}

function run({ estate }: Sandbox, query: string, ids: ReadonlySet<string>): GraphResult {
  const mayRead = (id: unknown, type: unknown) =>
    estate.permissions.allow(String(id), `${String(type)}/read`);
  return runGraphQuery(query, {
    // What may not be read is left out in silence, and out of the counts.
    resources: () => resourceRows(estate, ids).filter(({ id, type }) => mayRead(id, type)),
    resourcecontainers: () =>
      containerRows(estate, ids).filter(
        ({ id, type, subscriptionId }) =>
          mayRead(id, type) || (type === subscriptionType && sees(estate, String(subscriptionId))),
      ),
    resourcechanges: () =>
      changeRows(estate, ids).filter(({ properties }) => {
        const { targetResourceId, targetResourceType } = properties as Record<string, unknown>;
        return mayRead(targetResourceId, targetResourceType);
      }),
  });
}

const subscriptionType = "microsoft.resources/subscriptions";

/** A role on a resource group, or a resource, shows the subscription that it is in. */
function sees({ permissions, tenant }: Estate, subscriptionId: string): boolean {
  const scope = `/subscriptions/${subscriptionId}`;
  return (
    permissions.allow(scope, `${subscriptionType}/read`) ||
    tenant.roleAssignments.some((role) => isWithin(role.scope, scope))
  );
}

/** Of those asked for, or of all; what may not be read is left out in silence unless nothing is left of it. */
function readableSubscriptions({ estate }: Sandbox, asked: string[] | undefined): Set<string> {
  const all = asked?.length ? asked : estate.tenant.subscriptions.map(({ id }) => id);
  const readable = all.filter((id) => sees(estate, id));
  if (asked?.length && readable.length === 0) {
    throw new AzureError(403, "AccessDenied", "The identity may read none of the subscriptions.");
  }
  return new Set(readable.map((id) => id.toLowerCase()));
}

function setQuotaHeaders(c: SandboxContext, sandbox: Sandbox): void {
  const quota = sandbox.quotas.resourceGraph();
  const wait = new Date(Math.ceil(quota.retryAfterMs / 1000) * 1000).toISOString().slice(11, 19);
  const headers = {
    "x-ms-user-quota-remaining": String(quota.remaining),
    "x-ms-user-quota-resets-after": quota.allowed ? "00:00:05" : wait,
  };
  if (!quota.allowed) {
    throw new AzureError(
      429,
      "RateLimiting",
      "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed.",
      {
        headers: { ...headers, "Retry-After": String(Math.ceil(quota.retryAfterMs / 1000)) },
      },
    );
  }
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}

function makeSkipToken(skip: number): string {
  return Buffer.from(JSON.stringify({ $id: "1", skip })).toString("base64");
}

function parseSkipToken(token: string | undefined): number | undefined {
  if (token === undefined) return undefined;
  try {
    const { skip } = JSON.parse(Buffer.from(token, "base64").toString());
    if (Number.isSafeInteger(skip) && skip >= 0) return skip;
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest("The $skipToken is invalid.", "InvalidSkipToken");
}

function asTable(rows: Record<string, unknown>[]) {
  const columns = Object.entries(rows[0] ?? {}).map(([name, value]) => ({
    name,
    type: typeof value === "object" ? "object" : typeof value === "number" ? "integer" : "string",
  }));
  return { columns, rows: rows.map((row) => columns.map(({ name }) => row[name])) };
}
