import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { AzureError } from "./azure-error.ts";
import type { Env, SandboxContext } from "./context.ts";

/** Long-running operations: 202 with Azure-AsyncOperation, done after two polls. */
export interface Operations {
  accept(c: SandboxContext, finish: () => void): Response;
}

const pollsUntilDone = 2;

/** Adds the status route. The change happens when the operation finishes, as a client sees it in Azure. */
export function addOperationRoutes(app: Hono<Env>, origin: () => string): Operations {
  const running = new Map<string, { polls: number; finish: () => void; startTime: string }>();

  app.get(
    "/subscriptions/:subscription/providers/microsoft.compute/locations/:location/operations/:id",
    (c) => {
      const operation = running.get(c.req.param("id"));
      if (!operation) throw new AzureError(404, "OperationNotFound", "The operation was not found.");
      operation.polls++;
      if (operation.polls === pollsUntilDone) operation.finish();
      const done = operation.polls >= pollsUntilDone;
      if (!done) c.header("Retry-After", "0");
      return c.json({
        name: c.req.param("id"),
        startTime: operation.startTime,
        ...(done ? { endTime: new Date().toISOString() } : {}),
        status: done ? "Succeeded" : "InProgress",
      });
    },
  );

  return {
    accept(c, finish) {
      const id = randomUUID();
      running.set(id, { polls: 0, finish, startTime: new Date().toISOString() });
      const subscription = c.req.path.split("/")[2];
      const url = `${origin()}/subscriptions/${subscription}/providers/Microsoft.Compute/locations/global/operations/${id}?api-version=2024-03-01`;
      c.header("Azure-AsyncOperation", url);
      c.header("Location", url);
      c.header("Retry-After", "0");
      return c.body(null, 202);
    },
  };
}
