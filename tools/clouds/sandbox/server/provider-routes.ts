import type { Hono } from "hono";
import { AzureError } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";

const apiVersions = ["2025-01-01-preview", "2024-03-01", "2023-01-01"];

/** Resource providers with the types that the estate has, and versions that any of them accepts. */
export function addProviderRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const answer = (namespace: string) => {
    const types = sandbox.estate
      .resources()
      .map(({ type }) => type)
      .filter((type) => type.toLowerCase().startsWith(`${namespace}/`));
    if (types.length === 0) {
      throw new AzureError(
        404,
        "InvalidResourceNamespace",
        `The resource namespace '${namespace}' is invalid.`,
      );
    }
    return {
      id: `/providers/${namespace}`,
      namespace,
      registrationState: "Registered",
      resourceTypes: [...new Set(types)].map((type) => ({
        resourceType: type.slice(namespace.length + 1),
        locations: [],
        apiVersions,
      })),
    };
  };
  app.get("/providers/:namespace", (c) => c.json(answer(c.req.param("namespace"))));
  app.get("/subscriptions/:subscription/providers/:namespace", (c) =>
    c.json(answer(c.req.param("namespace"))),
  );
}
