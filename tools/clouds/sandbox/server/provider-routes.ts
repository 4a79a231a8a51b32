import type { Hono } from "hono";
import { AzureError } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";

const apiVersions = ["2025-01-01-preview", "2024-03-01", "2023-01-01"];

/** Types that can be made in any estate, whether or not it has one. */
const alwaysThere = [
  "Microsoft.Compute/disks",
  "Microsoft.Compute/snapshots",
  "Microsoft.Compute/virtualMachines",
  "Microsoft.Network/publicIPAddresses",
  "Microsoft.OperationalInsights/workspaces",
  "Microsoft.Storage/storageAccounts",
];

/** Resource providers with the types that the estate has, and versions that any of them accepts. */
export function addProviderRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const answer = (namespace: string) => {
    const types = new Map(
      [...sandbox.estate.resources().map(({ type }) => type), ...alwaysThere]
        .filter((type) => type.toLowerCase().startsWith(`${namespace}/`))
        .map((type) => [type.toLowerCase(), type]),
    );
    if (types.size === 0) {
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
      resourceTypes: [...types.values()].map((type) => ({
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
