import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { ExportSet } from "../cost/cost-exports.ts";
import { applyFault } from "./apply-fault.ts";
import { addAuthorizationRoutes } from "./authorization-routes.ts";
import { AzureError } from "./azure-error.ts";
import { addBlobRoutes } from "./blob-routes.ts";
import { blobErrorBody, xml } from "./blob-xml.ts";
import { type Env, normalizedPath, type Sandbox } from "./context.ts";
import { addControlRoutes } from "./control-routes.ts";
import { addCostRoutes } from "./cost-routes.ts";
import { addGraphRoutes } from "./graph-routes.ts";
import { addMetricRoutes } from "./metric-routes.ts";
import { addOperationRoutes } from "./operations.ts";
import { addPriceRoutes } from "./price-routes.ts";
import { addProviderRoutes } from "./provider-routes.ts";
import { addResourceRoutes } from "./resource-routes.ts";
import { addSkuRoutes } from "./sku-routes.ts";
import { addStoredBlobRoutes } from "./stored-blob-routes.ts";
import { addSubscriptionRoutes } from "./subscription-routes.ts";
import { addTagRoutes } from "./tag-routes.ts";
import { addTokenRoutes } from "./token-routes.ts";

const open =
  /^\/(_sandbox\/|api\/retail\/|common\/discovery\/|[^/]+\/(v2\.0\/\.well-known|oauth2\/v2\.0\/token$))/;
const isBlobPath = /^\/blobs\//;
/** POSTs that only read. */
const readingPost =
  /\/(microsoft\.costmanagement\/query|microsoft\.resourcegraph\/resources|metrics:getbatch)$/;

/** All contracts on one server: errors in Azure's shape, tokens checked, faults applied, writes counted. */
export function createApp(sandbox: Sandbox, secret: string, exports?: ExportSet): Hono<Env> {
  const app = new Hono<Env>({ getPath: normalizedPath });

  app.onError((error, c) => {
    const answer =
      error instanceof AzureError
        ? error
        : new AzureError(500, "InternalServerError", `The sandbox failed: ${error.message}`);
    for (const [name, value] of Object.entries(answer.headers)) c.header(name, value);
    c.header("x-ms-request-id", randomUUID());
    c.status(answer.status as 400);
    if (!isBlobPath.test(c.req.path)) return c.json(answer.body());
    c.header("x-ms-error-code", answer.code);
    return xml(c, blobErrorBody(answer));
  });
  app.notFound(() => {
    throw new AzureError(404, "InvalidResourceType", "The resource type or path could not be found.");
  });
  app.use(async (c, next) => {
    c.header("x-ms-request-id", randomUUID());
    c.header("x-ms-correlation-request-id", c.req.header("x-ms-client-request-id") ?? randomUUID());
    const { method, path } = c.req;
    if (path.startsWith("/_sandbox/")) return next();
    const fault = sandbox.faults.take(method, path);
    if (fault?.kind === "expired_token") sandbox.tokens.expireAll();
    await sandbox.onRequest(path);
    if (!open.test(path)) {
      sandbox.tokens.check(c.req.header("authorization"));
      sandbox.stats.requestCount++;
      if (method !== "GET" && method !== "HEAD" && !(method === "POST" && readingPost.test(path))) {
        sandbox.stats.writeRequestCount++;
      }
    }
    return fault ? applyFault(c, fault, next) : next();
  });

  addTokenRoutes(app, sandbox);
  addControlRoutes(app, sandbox, secret);
  addGraphRoutes(app, sandbox);
  addCostRoutes(app, sandbox);
  addBlobRoutes(app, sandbox, exports);
  addStoredBlobRoutes(app, sandbox);
  addMetricRoutes(app, sandbox);
  addTagRoutes(app, sandbox);
  addAuthorizationRoutes(app, sandbox);
  addPriceRoutes(app, sandbox);
  addSkuRoutes(app, sandbox);
  addProviderRoutes(app, sandbox);
  addSubscriptionRoutes(app, sandbox);
  const operations = addOperationRoutes(app, sandbox.origin);
  addResourceRoutes(app, sandbox, operations);
  return app;
}
