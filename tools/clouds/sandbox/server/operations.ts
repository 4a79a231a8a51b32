import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { AzureError } from "./azure-error.ts";
import type { Env, SandboxContext } from "./context.ts";

/** A change that takes its time, on one resource. */
export interface Work {
  resourceId: string;
  /** E.g. Microsoft.Compute: whose status routes it uses. */
  provider: string;
  kind: "create" | "update" | "delete" | "start" | "deallocate" | "poweroff" | "restart";
  /** Brings the change about. */
  finish(): void;
  /** What is left when it fails. */
  fail?(): void;
  /** Azure names no operation: the resource's own provisioning state tells. */
  silent?: boolean;
}

export interface Operations {
  /** Accepts work and sets the headers that lead to its state. The same work again joins what runs. */
  begin(c: SandboxContext, work: Work): void;
  /** Somebody looks at the resource: its operation moves on, as time passes in Azure without any poll. */
  observe(resourceId: string): void;
  /** What runs on a resource. */
  running(resourceId: string): Work["kind"] | undefined;
}

interface Operation {
  id: string;
  work: Work;
  looksLeft: number;
  status: "InProgress" | "Succeeded" | "Failed";
  failsWith: { code: string; message: string } | undefined;
  retryAfter: string;
  startTime: string;
}

const looksUntilDone = 2;

/** Adds the status routes: Azure-AsyncOperation with a body, Location with 202 until it is done. */
export function addOperationRoutes(app: Hono<Env>, origin: () => string): Operations {
  const operations = new Map<string, Operation>();
  const busy = new Map<string, Operation>();

  function conclude(operation: Operation): void {
    if (operation.status !== "InProgress") return;
    operation.status = operation.failsWith ? "Failed" : "Succeeded";
    busy.delete(operation.work.resourceId.toLowerCase());
    if (operation.failsWith) operation.work.fail?.();
    else operation.work.finish();
  }
  function look(operation: Operation): void {
    if (operation.status !== "InProgress") return;
    operation.looksLeft--;
    if (operation.looksLeft <= 0) conclude(operation);
  }
  function find(id: string): Operation {
    const operation = operations.get(id);
    if (!operation) throw new AzureError(404, "OperationNotFound", "The operation was not found.");
    look(operation);
    return operation;
  }

  app.get("/subscriptions/:subscription/providers/:provider/locations/:location/operations/:id", (c) => {
    const { id, startTime, status, failsWith, retryAfter } = find(c.req.param("id"));
    if (status === "InProgress") c.header("Retry-After", retryAfter);
    return c.json({
      name: id,
      startTime,
      ...(status === "InProgress" ? {} : { endTime: new Date().toISOString() }),
      status,
      ...(status === "Failed" ? { error: failsWith } : {}),
    });
  });
  app.get(
    "/subscriptions/:subscription/providers/:provider/locations/:location/operationresults/:id",
    (c) => {
      const operation = find(c.req.param("id"));
      if (operation.status === "Failed") {
        throw new AzureError(409, operation.failsWith!.code, operation.failsWith!.message);
      }
      if (operation.status === "InProgress") {
        setHeaders(c, operation);
        return c.body(null, 202);
      }
      return operation.work.kind === "delete" ? c.body(null, 204) : c.json({});
    },
  );

  function setHeaders(c: SandboxContext, { id, work, retryAfter }: Operation): void {
    if (work.silent) return;
    const [, , subscription] = work.resourceId.split("/");
    const base = `${origin()}/subscriptions/${subscription}/providers/${work.provider}/locations/global`;
    // Compute and Network have both; other providers only a Location.
    if (/^microsoft\.(compute|network)$/i.test(work.provider)) {
      c.header("Azure-AsyncOperation", `${base}/operations/${id}?api-version=2024-03-01`);
    }
    c.header("Location", `${base}/operationResults/${id}?api-version=2024-03-01`);
    c.header("Retry-After", retryAfter);
  }

  return {
    begin(c, work) {
      const key = work.resourceId.toLowerCase();
      const current = busy.get(key);
      if (current?.work.silent) conclude(current);
      else if (current?.work.kind === work.kind) return setHeaders(c, current);
      else if (current) {
        throw new AzureError(
          409,
          "OperationNotAllowed",
          `Operation '${work.kind}' is not allowed on '${work.resourceId}' while '${current.work.kind}' is in progress.`,
        );
      }
      const fault = c.get("operationFault");
      const operation: Operation = {
        id: randomUUID(),
        work,
        looksLeft:
          fault?.kind === "operation_hangs"
            ? Infinity
            : fault?.kind === "operation_slow" || fault?.kind === "cut_under_way"
              ? fault.polls + 1
              : looksUntilDone,
        status: "InProgress",
        failsWith:
          fault?.kind === "operation_fails" ? { code: fault.code, message: fault.message } : undefined,
        retryAfter: String((fault?.kind.startsWith("operation_") && fault.retryAfterSeconds) || 0),
        startTime: new Date().toISOString(),
      };
      operations.set(operation.id, operation);
      busy.set(key, operation);
      c.set("complete", () => conclude(operation));
      setHeaders(c, operation);
    },
    observe(resourceId) {
      const operation = busy.get(resourceId.toLowerCase());
      if (operation) look(operation);
    },
    running: (resourceId) => busy.get(resourceId.toLowerCase())?.work.kind,
  };
}
