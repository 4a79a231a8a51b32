import type { Hono } from "hono";
import { queryPeriod } from "../cost/period.ts";
import { parseQueryDefinition } from "../cost/query-definition.ts";
import { type CostScope, type CostTable, runCostQuery } from "../cost/run-query.ts";
import { dayOf, monthStart } from "../tenant/days.ts";
import { stableUuid } from "../tenant/random.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";
import { guard } from "./guard.ts";
import { createRecentResults } from "./recent-results.ts";

const largestPageSize = 5000;

/** POST /{scope}/providers/Microsoft.CostManagement/query, paged by $skiptoken in nextLink. */
export function addCostRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const recent = createRecentResults<CostTable>();

  app.post("/:scope{.+}/providers/microsoft.costmanagement/query", async (c) => {
    if (!c.req.query("api-version"))
      throw badRequest("The api-version query parameter is required.", "MissingApiVersionParameter");
    const scopePath = c.req.param("scope");
    const scope = parseScope(scopePath, sandbox);
    guard(sandbox.estate, `/${scopePath}`, "Microsoft.CostManagement/query/read");
    const query = parseQueryDefinition(await c.req.json().catch(() => undefined));
    const period = queryPeriod(query, dayOf(sandbox.estate.now()));
    const units = monthsBetween(period.first, period.last);
    refuseOverQuota(sandbox.quotas.costManagement(scopePath, units));

    const asked = parseSkipToken(c.req.query("$skiptoken"));
    const size = parseTop(c.req.query("$top"), sandbox.costPageSize);
    const day = dayOf(sandbox.estate.now());
    const key = JSON.stringify([scopePath, query, sandbox.estate.version, day]);
    const { columns, rows } = recent.get(key, () =>
      runCostQuery(sandbox.estate, sandbox.ledger, scope, query),
    );
    const repeats = c.get("operationFault")?.kind === "repeated_page";
    const next = asked + size;
    const start = repeats ? Math.max(0, asked - size) : asked;
    const top = c.req.query("$top") === undefined ? "" : `&$top=${size}`;
    const nextLink =
      next < rows.length
        ? `${sandbox.origin()}/${scopePath}/providers/Microsoft.CostManagement/query?api-version=${c.req.query("api-version")}&$skiptoken=${encodeURIComponent(Buffer.from(String(next)).toString("base64"))}${top}`
        : null;
    const id = stableUuid(key);
    c.header("x-ms-ratelimit-microsoft.costmanagement-qpu-consumed", String(units));
    return c.json({
      id: `${scopePath}/providers/Microsoft.CostManagement/query/${id}`,
      name: id,
      type: "Microsoft.CostManagement/query",
      location: null,
      sku: null,
      eTag: null,
      properties: { nextLink, columns, rows: rows.slice(start, start + size) },
    });
  });
}

function parseScope(path: string, sandbox: Sandbox): CostScope {
  const subscription = /^subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?$/.exec(path.replace(/\/$/, ""));
  if (subscription) {
    const [, subscriptionId = "", resourceGroup] = subscription;
    const known = sandbox.estate.tenant.subscriptions.some(
      (candidate) => candidate.id.toLowerCase() === subscriptionId,
    );
    if (!known) {
      throw new AzureError(
        404,
        "SubscriptionNotFound",
        `The subscription '${subscriptionId}' could not be found.`,
      );
    }
    return resourceGroup === undefined ? { subscriptionId } : { subscriptionId, resourceGroup };
  }
  if (/^providers\/microsoft\.(management\/managementgroups|billing\/billingaccounts)\/[^/]+$/.test(path))
    return {};
  throw badRequest(`The scope '/${path}' is not valid for cost queries.`, "InvalidScope");
}

function refuseOverQuota(answer: ReturnType<Sandbox["quotas"]["costManagement"]>): void {
  const { entity, tenant } = answer;
  if (entity.allowed && tenant.allowed) return;
  const headers: Record<string, string> = {};
  const seconds = (ms: number) => String(Math.ceil(ms / 1000));
  if (!entity.allowed) {
    headers["x-ms-ratelimit-microsoft.costmanagement-entity-retry-after"] = seconds(entity.retryAfterMs);
  }
  if (!tenant.allowed) {
    headers["x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after"] = seconds(tenant.retryAfterMs);
  }
  headers["x-ms-ratelimit-microsoft.costmanagement-qpu-remaining"] = String(tenant.remaining);
  // Azure's Retry-After names only one of the waits: a client must take the largest of all headers.
  const waits = [entity, tenant].filter((quota) => !quota.allowed).map((quota) => quota.retryAfterMs);
  headers["Retry-After"] = seconds(Math.min(...waits));
  throw new AzureError(429, "429", "Too many requests. Please retry.", { headers });
}

/** Months of data that a query touches: its cost in query processing units. */
function monthsBetween(first: number, last: number): number {
  let months = 1;
  for (let start = monthStart(first, 1); start <= last; start = monthStart(start, 1)) months++;
  return months;
}

function parseSkipToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const skip = Number(Buffer.from(token, "base64").toString());
  if (!Number.isSafeInteger(skip) || skip < 0)
    throw badRequest("The $skiptoken is invalid.", "InvalidSkipToken");
  return skip;
}

function parseTop(top: string | undefined, usual: number): number {
  if (top === undefined) return usual;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1 || size > largestPageSize) {
    throw badRequest(`$top must be between 1 and ${largestPageSize}.`);
  }
  return size;
}
